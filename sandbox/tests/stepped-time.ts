import { START_S } from './sandbox-fixture.ts';

interface OpenWait {
  readonly dueMs: number;
  readonly end: () => void;
}

/** A clock and its waits, many at once: they end when the test lets their time pass. */
export class SteppedTime {
  nowMs = START_S * 1000;
  #waits: OpenWait[] = [];
  #watchers: (() => void)[] = [];

  readonly now = (): number => this.nowMs;

  readonly wait = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const end = () => {
        this.#waits = this.#waits.filter((wait) => wait.end !== end);
        signal.removeEventListener('abort', end);
        resolve();
      };
      if (ms <= 0 || signal.aborted) {
        resolve();
        return;
      }
      this.#waits.push({ dueMs: this.nowMs + ms, end });
      signal.addEventListener('abort', end);
      for (const watcher of this.#watchers.splice(0)) watcher();
    });

  /** How long each wait still takes, the shortest first. */
  open(): number[] {
    return this.#waits.map(({ dueMs }) => dueMs - this.nowMs).sort((a, b) => a - b);
  }

  /** Resolves as soon as the open waits are of these lengths, the shortest first. */
  async until(...openMs: number[]): Promise<void> {
    while (this.open().join() !== openMs.join()) {
      await new Promise<void>((resolve) => this.#watchers.push(resolve));
    }
  }

  /** Lets time pass: the waits that are over by then end one after the other. */
  async passMs(ms: number): Promise<void> {
    const endMs = this.nowMs + ms;
    for (;;) {
      const next = this.#waits
        .filter(({ dueMs }) => dueMs <= endMs)
        .sort((a, b) => a.dueMs - b.dueMs)[0];
      if (next === undefined) break;
      this.nowMs = next.dueMs;
      next.end();
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.nowMs = endMs;
  }
}
