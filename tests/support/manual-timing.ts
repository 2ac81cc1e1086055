import type { Timing } from '../../bot/timing.ts';

interface Wait {
  readonly untilMs: number;
  readonly end: () => void;
}

/** Time that passes only when a test says so. */
export class ManualTiming implements Timing {
  #nowMs = 0;
  #waits: Wait[] = [];

  now(): number {
    return this.#nowMs;
  }

  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        signal?.removeEventListener('abort', end);
        resolve();
      };
      this.#waits.push({ untilMs: this.#nowMs + ms, end });
      signal?.addEventListener('abort', end);
    });
  }

  /** Ends the waits that fall due on the way, each at its own time, and lets what follows them run. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    await settle();
    for (;;) {
      const due = this.#waits.filter((wait) => wait.untilMs <= untilMs);
      const [next] = due.toSorted((one, other) => one.untilMs - other.untilMs);
      if (next === undefined) break;
      this.#waits = this.#waits.filter((wait) => wait !== next);
      this.#nowMs = Math.max(this.#nowMs, next.untilMs);
      next.end();
      await settle();
    }
    this.#nowMs = untilMs;
  }
}

/** Lets everything run that waits for nothing but its turn. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
