/** How long each part of a run takes. */
export class Phases {
  readonly durationsMs = new Map<string, number>();
  readonly #print: (line: string) => void;
  #startedMs = performance.now();

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  end(name: string): void {
    const nowMs = performance.now();
    const tookMs = nowMs - this.#startedMs;
    this.durationsMs.set(name, tookMs);
    this.#print(`— ${name}: ${(tookMs / 1000).toFixed(1)} s`);
    this.#startedMs = nowMs;
  }
}
