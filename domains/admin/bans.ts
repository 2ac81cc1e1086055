import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { LogOnce } from '../core/log-once.ts';

export interface Ban {
  readonly userId: number;
  /** null: for ever. */
  readonly untilMs: number | null;
  readonly reason: string;
  /** They may play, but their battles are not rated. */
  readonly isRatedOnly: boolean;
}

export interface BanStore {
  /** Those that are not over. */
  activeBans(): Promise<readonly Ban[]>;
  /** Replaces an earlier ban of the user. */
  ban(admin: number, ban: Ban): Promise<void>;
  /** False: there was none. */
  unban(admin: number, userId: number): Promise<boolean>;
}

export interface BansDeps {
  readonly store: BanStore;
  /** Takes the user's characters out of the queues. */
  readonly leaveQueues: (userId: number) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

/** The bans as this process knows them: read every few seconds, so that no tap has to read them. */
export class Bans {
  readonly #deps: BansDeps;
  readonly #breaker: CircuitBreaker;
  #known: ReadonlyMap<number, Ban> = new Map();
  /** Banned users whose characters may still be in a queue. */
  readonly #leaving = new Set<number>();
  readonly #logged = new LogOnce();
  #isRead = false;

  constructor(deps: BansDeps) {
    this.#deps = deps;
    // The archive of battles, in the same database, logs its outages.
    this.#breaker = new CircuitBreaker({ ...deps, events: null });
  }

  /** The user's ban; null: they may play. */
  of(userId: number): Ban | null {
    const ban = this.#known.get(userId);
    const isOver = ban?.untilMs != null && ban.untilMs <= this.#deps.clock.now();
    return ban === undefined || isOver ? null : ban;
  }

  /** Whether the user may do nothing but what is open to everybody. */
  shutsOut(userId: number): boolean {
    return this.of(userId)?.isRatedOnly === false;
  }

  /** Any number of processes may run it. Without a database the known bans stay. */
  async refresh(): Promise<void> {
    const { store } = this.#deps;
    const read = await this.#breaker.call(() => store.activeBans());
    if (read.kind === 'unavailable') return;
    const isFirst = !this.#isRead;
    this.#isRead = true;
    const before = this.#known;
    this.#known = new Map(read.value.map((one) => [one.userId, one]));
    const isNew = ({ userId, isRatedOnly }: Ban) =>
      !isRatedOnly && before.get(userId)?.isRatedOnly !== false;
    // Those that this process finds at its start were announced by the process that banned.
    if (isFirst) return;
    for (const { userId } of read.value.filter(isNew)) this.#leaving.add(userId);
    await this.#emptyQueues();
  }

  async ban(admin: number, ban: Ban): Promise<void> {
    await this.#deps.store.ban(admin, ban);
    await this.refresh();
  }

  async unban(admin: number, userId: number): Promise<boolean> {
    const wasBanned = await this.#deps.store.unban(admin, userId);
    await this.refresh();
    return wasBanned;
  }

  /** A user who cannot be taken out now is tried again at the next read, and keeps no other one in. */
  async #emptyQueues(): Promise<void> {
    const { leaveQueues, log } = this.#deps;
    for (const userId of [...this.#leaving]) {
      try {
        if (this.shutsOut(userId)) await leaveQueues(userId);
        this.#leaving.delete(userId);
      } catch (error) {
        if (this.#logged.isFirst(String(userId)))
          log.warn({ userId, err: error }, 'banned user not taken out of the queues');
      }
    }
  }
}
