import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import { DAY_MS } from '../core/day.ts';
import type { Log } from '../core/log.ts';
import type { EraseReply } from './erasure.ts';

export interface RetentionStore {
  /** Deletes battles that ended before, oldest first; answers how many. Those with a pending handler stay. */
  deleteBattles(endedBeforeMs: number, limit: number): Promise<number>;
  /** Users of whom nothing was seen since, longest ago first. */
  idleUsers(seenBeforeMs: number, limit: number): Promise<number[]>;
}

export interface RetentionDeps {
  readonly retention: RetentionStore;
  readonly erasure: { erase(userId: number): Promise<EraseReply> };
  /** After so many days battles are deleted and users erased; 0: never. */
  readonly battlesDays: number;
  readonly usersDays: number;
  readonly clock: Clock;
  readonly log: Log;
}

const EVERY_MS = 3_600_000;
/** So small that players do not notice: one batch a call. */
const BATTLES_AT_ONCE = 200;
const USERS_AT_ONCE = 5;

/** Deletes what is older than the operator wants. Any number of processes may run it. */
export class Retention {
  readonly #deps: RetentionDeps;
  readonly #breaker: CircuitBreaker;
  #nextMs = -Infinity;
  #battles = 0;
  #users = 0;

  constructor(deps: RetentionDeps) {
    this.#deps = deps;
    this.#breaker = new CircuitBreaker({ ...deps, events: null });
  }

  /** One batch; looks again at the next call while there is more, else in an hour. */
  async work(): Promise<void> {
    const { clock, log } = this.#deps;
    if (clock.now() < this.#nextMs) return;
    const done = await this.#breaker.call(() => this.#batch());
    if (done.kind === 'unavailable' || done.value === 'more') return;
    this.#nextMs = clock.now() + EVERY_MS;
    const count = { battles: this.#battles, users: this.#users };
    [this.#battles, this.#users] = [0, 0];
    if (count.battles + count.users > 0) log.info(count, 'old data deleted');
  }

  async #batch(): Promise<'more' | 'done'> {
    const battles = await this.#deleteBattles();
    const users = await this.#eraseUsers();
    this.#battles += battles;
    this.#users += users;
    return battles === BATTLES_AT_ONCE || users === USERS_AT_ONCE ? 'more' : 'done';
  }

  async #deleteBattles(): Promise<number> {
    const { retention, battlesDays: days } = this.#deps;
    return days === 0 ? 0 : retention.deleteBattles(this.#daysAgo(days), BATTLES_AT_ONCE);
  }

  /** Who searches or fights again at this moment stays. */
  async #eraseUsers(): Promise<number> {
    const { retention, erasure, usersDays: days } = this.#deps;
    const ids = days === 0 ? [] : await retention.idleUsers(this.#daysAgo(days), USERS_AT_ONCE);
    let erased = 0;
    for (const id of ids) if ((await erasure.erase(id)) === 'erased') erased += 1;
    return erased;
  }

  #daysAgo(days: number): number {
    return this.#deps.clock.now() - days * DAY_MS;
  }
}
