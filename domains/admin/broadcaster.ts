import { BROADCAST_STEP, BROADCAST_STEP_MS } from '../../resources/numbers/admin.ts';
import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Messenger } from '../core/messenger.ts';
import type { BroadcastStore } from './broadcast-store.ts';

export { BROADCAST_ATTEMPTS, BROADCAST_LEASE_MS } from '../../resources/numbers/admin.ts';

export interface BroadcasterDeps {
  readonly store: Pick<BroadcastStore, 'lease' | 'mark' | 'setOutcome'>;
  readonly messenger: Pick<Messenger, 'sendBulk'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** A recipient whose call never reached Telegram is tried again after this time. */
const RETRY_MS = 60_000;

/**
 * Sends broadcasts, a step a second for all processes together. Each recipient is marked as sent before the
 * call, so no user gets a broadcast twice, whenever a process dies.
 */
export class Broadcaster {
  readonly #deps: BroadcasterDeps;
  readonly #breaker: CircuitBreaker;

  constructor(deps: BroadcasterDeps) {
    this.#deps = deps;
    this.#breaker = new CircuitBreaker({ ...deps, events: null });
  }

  /** Any number of processes may run it. */
  async work(): Promise<void> {
    const { store } = this.#deps;
    const leased = await this.#breaker.call(() => store.lease(BROADCAST_STEP, BROADCAST_STEP_MS));
    if (leased.kind === 'unavailable' || leased.value === null) return;
    const { broadcastId, message, userIds } = leased.value;
    await Promise.all(userIds.map((userId) => this.#send(broadcastId, userId, message)));
  }

  /** A failure of the database concerns this recipient alone: the lease ends by itself. */
  async #send(broadcastId: number, userId: number, message: string): Promise<void> {
    const { store, messenger, clock, log } = this.#deps;
    try {
      if (!(await store.mark(broadcastId, userId))) return;
      const outcome = await messenger.sendBulk(userId, message);
      if (outcome === 'sent') return;
      const retryAtMs = clock.now() + RETRY_MS;
      await store.setOutcome(broadcastId, userId, outcome === 'unsent' ? { retryAtMs } : outcome);
    } catch (error) {
      log.warn({ broadcastId, userId, err: error }, 'broadcast not sent');
    }
  }
}
