import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { PendingHandlers } from './battle-handler.ts';

export interface PendingHandlerWorkerDeps {
  readonly pending: PendingHandlers;
  readonly clock: Clock;
  readonly log: Log;
}

/** Retries failed battle handlers. Any number of processes may run it. */
export class PendingHandlerWorker {
  readonly #pending: PendingHandlers;
  readonly #breaker: CircuitBreaker;

  constructor({ pending, clock, log }: PendingHandlerWorkerDeps) {
    this.#pending = pending;
    // No events of its own: the archive logs the same outage.
    this.#breaker = new CircuitBreaker({ clock, log, events: null });
  }

  async work(): Promise<void> {
    await this.#breaker.call(() => this.#pending.retryDue());
  }
}
