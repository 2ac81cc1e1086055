import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { PendingHandlers } from './battle-handler.ts';

export interface PendingHandlerWorkerDeps {
  readonly pending: PendingHandlers;
  readonly clock: Clock;
  readonly log: Log;
}

/** Repeats what failed after a battle. Any number of processes may run it. */
export class PendingHandlerWorker {
  readonly #pending: PendingHandlers;
  readonly #breaker: CircuitBreaker;

  constructor({ pending, clock, log }: PendingHandlerWorkerDeps) {
    this.#pending = pending;
    // Nobody waits for it: an outage is logged by those who have to wait.
    this.#breaker = new CircuitBreaker({ clock, log, events: null });
  }

  async work(): Promise<void> {
    await this.#breaker.call(() => this.#pending.retryDue());
  }
}
