import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { UserDataRepository } from './user-data.ts';

export interface KeptExpiryDeps {
  readonly userData: Pick<UserDataRepository, 'forgetKept'>;
  readonly clock: Clock;
  readonly log: Log;
}

const EVERY_MS = 3_600_000;

/** Ends what was kept of erased users when its time is over. Any number of processes may run it. */
export class KeptExpiry {
  readonly #deps: KeptExpiryDeps;
  readonly #breaker: CircuitBreaker;
  #nextMs = -Infinity;

  constructor(deps: KeptExpiryDeps) {
    this.#deps = deps;
    this.#breaker = new CircuitBreaker({ ...deps, events: null });
  }

  /** Looks once an hour; after an outage again at the next call. */
  async work(): Promise<void> {
    const { userData, clock, log } = this.#deps;
    if (clock.now() < this.#nextMs) return;
    const ended = await this.#breaker.call(() => userData.forgetKept());
    if (ended.kind === 'unavailable') return;
    this.#nextMs = clock.now() + EVERY_MS;
    if (ended.value > 0) log.info({ count: ended.value }, 'erased users forgotten');
  }
}
