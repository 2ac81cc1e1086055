import type { RedisClient } from '../redis-client.ts';
import type { OwedKind, SessionLedger } from '../../domains/account/session-ledger.ts';
import type { Clock } from '../../domains/core/clock.ts';
import { keys } from '../keys.ts';
import { takeOwed } from '../scripts/take-owed.ts';

export interface LedgerManagerDeps {
  readonly client: RedisClient;
  readonly clock: Clock;
}

/** Longer than any write may take; whoever has not settled by then is dead, or was refused. */
const TAKEN_MS = 30_000;

/** What is owed to the database (`{ledger}:owed:<kind>`) and who was seen when (`{ledger}:seen`). */
export class LedgerManager implements SessionLedger {
  readonly #client: RedisClient;
  readonly #clock: Clock;

  constructor({ client, clock }: LedgerManagerDeps) {
    this.#client = client;
    this.#clock = clock;
  }

  async noteChange(kind: OwedKind, id: number): Promise<void> {
    await this.#client.zadd(keys.owed(kind), 'NX', this.#clock.now(), id);
  }

  async takeOwed(
    kind: OwedKind,
    { sinceMs, limit }: { readonly sinceMs: number; readonly limit: number },
  ): Promise<number[]> {
    const nowMs = this.#clock.now();
    const [owed, overdue] = await Promise.all([
      this.#client.zrangebyscore(keys.owed(kind), '-inf', sinceMs, 'LIMIT', 0, limit),
      this.#client.zrangebyscore(keys.taken(kind), '-inf', nowMs, 'LIMIT', 0, limit),
    ]);
    const ids = [...new Set([...overdue, ...owed])].map(Number).slice(0, limit);
    const time = { nowMs, untilMs: nowMs + TAKEN_MS };
    const replies = await Promise.all(ids.map((id) => takeOwed(this.#client, { kind, id }, time)));
    return ids.filter((_id, index) => replies[index] === 'taken');
  }

  async settle(kind: OwedKind, ids: readonly number[]): Promise<void> {
    if (ids.length > 0) await this.#client.zrem(keys.taken(kind), ...ids);
  }

  async noteSeen(charId: number): Promise<void> {
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
