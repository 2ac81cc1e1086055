import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';

export interface PauseReader {
  /** The end of the user's latest pause; null: there was none. */
  pausedUntil(userId: number): Promise<number | null>;
}

export interface LeaverPausesDeps {
  readonly pauses: PauseReader;
  readonly clock: Clock;
  readonly log: Log;
}

/** Pauses of users who left rated battles. */
export class LeaverPauses {
  readonly #deps: LeaverPausesDeps;
  readonly #breaker: CircuitBreaker;

  constructor(deps: LeaverPausesDeps) {
    this.#deps = deps;
    this.#breaker = new CircuitBreaker({ ...deps, events: null });
  }

  /** The end of the pause; null: there is none now, or the database is unavailable. */
  async pausedUntil(userId: number): Promise<number | null> {
    const { pauses, clock } = this.#deps;
    const found = await this.#breaker.call(() => pauses.pausedUntil(userId));
    const untilMs = found.kind === 'answered' ? found.value : null;
    return untilMs !== null && untilMs > clock.now() ? untilMs : null;
  }
}
