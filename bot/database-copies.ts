import type { Clock } from '../domains/core/clock.ts';
import type { Log } from '../domains/core/log.ts';

export interface DatabaseCopiesDeps {
  readonly copies: {
    /** When the newest one was made; null: there is none. */
    newestAtMs(): number | null;
    /** Its size in bytes; null: nothing has changed since the last one. */
    add(atMs: number): Promise<number | null>;
  };
  readonly everyMs: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** Has the embedded database copied from time to time. */
export class DatabaseCopies {
  readonly #deps: DatabaseCopiesDeps;
  #nextMs: number;

  constructor(deps: DatabaseCopiesDeps) {
    this.#deps = deps;
    const { copies, clock, everyMs } = deps;
    const nowMs = clock.now();
    // A copy of the future is of a clock that was wrong.
    this.#nextMs = Math.min(copies.newestAtMs() ?? nowMs, nowMs) + everyMs;
  }

  async work(): Promise<void> {
    if (this.#deps.clock.now() >= this.#nextMs) await this.make();
  }

  /** Counts as tried if it fails: it is not repeated every second. */
  async make(): Promise<void> {
    const { copies, everyMs, clock, log } = this.#deps;
    const startMs = clock.now();
    this.#nextMs = startMs + everyMs;
    const bytes = await copies.add(startMs);
    if (bytes !== null) log.info({ bytes, tookMs: clock.now() - startMs }, 'database copied');
  }
}
