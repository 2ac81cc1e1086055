import { boundedMap } from '../../domains/core/bounded-map.ts';
import type { Clock } from '../../domains/core/clock.ts';

const MAX_USERS = 100_000;

/** The users from whom this process has received updates, and when. */
export class ActivePlayers {
  readonly #clock: Clock;
  readonly #seenMs = boundedMap<number, number>(MAX_USERS);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  seen(userId: number): void {
    this.#seenMs.set(userId, this.#clock.now());
  }

  /** In the last `ms` milliseconds. */
  count(ms: number): number {
    const sinceMs = this.#clock.now() - ms;
    let count = 0;
    // The most recent come first.
    for (const seenMs of this.#seenMs.values()) {
      if (seenMs < sinceMs) break;
      count += 1;
    }
    return count;
  }
}
