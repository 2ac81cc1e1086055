import type { Timing } from '../../bot/timing.ts';

interface Wait {
  readonly untilMs: number;
  readonly end: () => void;
}

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

  /** Ends due waits in order, each at its own time, and runs what follows it before the next. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    await runPending();
    for (;;) {
      const due = this.#waits.filter((wait) => wait.untilMs <= untilMs);
      const [next] = due.toSorted((one, other) => one.untilMs - other.untilMs);
      if (next === undefined) break;
      this.#waits = this.#waits.filter((wait) => wait !== next);
      this.#nowMs = Math.max(this.#nowMs, next.untilMs);
      next.end();
      await runPending();
    }
    this.#nowMs = untilMs;
  }
}

/** Runs all pending microtasks. */
function runPending(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
