import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { UserDataRepository } from './user-data.ts';

export interface KeptExpiryDeps {
  readonly userData: Pick<UserDataRepository, 'forgetKept'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Ends what was kept of erased users when its time is over. Any number of processes may run it. */
export class KeptExpiry {
  readonly #deps: KeptExpiryDeps;
  readonly #breaker: CircuitBreaker;

  constructor(deps: KeptExpiryDeps) {
    this.#deps = deps;
    this.#breaker = new CircuitBreaker({ ...deps, events: null });
  }

  async work(): Promise<void> {
    const { userData, log } = this.#deps;
    const ended = await this.#breaker.call(() => userData.forgetKept());
    if (ended.kind === 'answered' && ended.value > 0)
      log.info({ count: ended.value }, 'erased users forgotten');
  }
}
