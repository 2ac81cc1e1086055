import type {
  Backlog,
  DirtyKind,
  WriteBehindQueue,
} from '../../domains/account/write-behind-queue.ts';
import type { Clock } from '../../domains/core/clock.ts';
import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { leaseDirty } from '../scripts/lease-dirty.ts';

/** Longer than any save takes: a process that has not acknowledged by then has died or was refused. */
const LEASE_MS = 30_000;

/** What is not yet saved to the database (`{ledger}:owed:<kind>`) and when players were last seen. */
export class WriteBehindManager implements WriteBehindQueue {
  readonly #client: RedisClient;
  readonly #clock: Clock;

  constructor({ client, clock }: { readonly client: RedisClient; readonly clock: Clock }) {
    this.#client = client;
    this.#clock = clock;
  }

  async markDirty(kind: DirtyKind, id: number): Promise<void> {
    await this.#client.zadd(keys.dirty(kind), 'NX', this.#clock.now(), id);
  }

  async leaseDirty(
    kind: DirtyKind,
    { sinceMs, limit }: { readonly sinceMs: number; readonly limit: number },
  ): Promise<number[]> {
    const nowMs = this.#clock.now();
    const [dirty, overdue] = await Promise.all([
      this.#client.zrangebyscore(keys.dirty(kind), '-inf', sinceMs, 'LIMIT', 0, limit),
      this.#client.zrangebyscore(keys.leased(kind), '-inf', nowMs, 'LIMIT', 0, limit),
    ]);
    const ids = [...new Set([...overdue, ...dirty])].map(Number).slice(0, limit);
    const time = { nowMs, untilMs: nowMs + LEASE_MS };
    const replies = await Promise.all(
      ids.map((id) => leaseDirty(this.#client, { kind, id }, time)),
    );
    return ids.filter((_id, index) => replies[index] === 'leased');
  }

  async cancel(kind: DirtyKind, id: number): Promise<'cancelled' | 'leased'> {
    await this.#client.zrem(keys.dirty(kind), id);
    // After the removal: a lease is taken in one step with it, so a later one is impossible.
    const lease = await this.#client.zscore(keys.leased(kind), String(id));
    return lease === null ? 'cancelled' : 'leased';
  }

  async acknowledge(kind: DirtyKind, ids: readonly number[]): Promise<void> {
    if (ids.length > 0) await this.#client.zrem(keys.leased(kind), ...ids);
  }

  async backlog(kind: DirtyKind): Promise<Backlog> {
    const [dirty, leased, [, oldestMs]] = await Promise.all([
      this.#client.zcard(keys.dirty(kind)),
      this.#client.zcard(keys.leased(kind)),
      this.#client.zrange(keys.dirty(kind), 0, 0, 'WITHSCORES'),
    ]);
    return { count: dirty + leased, oldestMs: oldestMs === undefined ? null : Number(oldestMs) };
  }

  async recordSeen(charId: number): Promise<void> {
    await this.#client.zadd(keys.seen(), this.#clock.now(), charId);
  }

  async seenAt(charId: number): Promise<number | null> {
    const score = await this.#client.zscore(keys.seen(), String(charId));
    return score === null ? null : Number(score);
  }

  async unseenSince(untilMs: number, limit: number): Promise<number[]> {
    const ids = await this.#client.zrangebyscore(keys.seen(), '-inf', untilMs, 'LIMIT', 0, limit);
    return ids.map(Number);
  }

  async forgetSeen(charId: number): Promise<void> {
    await this.#client.zrem(keys.seen(), charId);
  }
}
