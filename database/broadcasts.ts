import { type SQL, and, desc, eq, inArray, lte, sql } from 'drizzle-orm';
import { BROADCAST_ATTEMPTS, BROADCAST_LEASE_MS } from '../domains/admin/broadcaster.ts';
import {
  type Batch,
  type BroadcastReport,
  type BroadcastStore,
  type DeliveryState,
  type NewBroadcast,
  type Segment,
  deliveryStates,
} from '../domains/admin/broadcast-store.ts';
import type { Clock } from '../domains/core/clock.ts';
import { DAY_MS } from '../domains/core/day.ts';
import type { Database } from './database.ts';
import { adminActions, broadcastRecipients, broadcasts } from './schema-admin.ts';
import { users } from './schema.ts';

const { broadcast_id, user_id, state, leased_until, attempts } = broadcastRecipients;

export class SqlBroadcasts implements BroadcastStore {
  readonly #db: Database;
  readonly #clock: Clock;

  constructor({ db, clock }: { readonly db: Database; readonly clock: Clock }) {
    this.#db = db;
    this.#clock = clock;
  }

  async count(segment: Segment): Promise<number> {
    return this.#db.$count(users, this.#inSegment(segment));
  }

  async start({ admin, message, segment }: NewBroadcast): Promise<number> {
    const now = this.#inMs(0);
    return this.#db.transaction(async (tx) => {
      const row = { message, admin, state: 'sending', leased_until: now, created_at: now } as const;
      const [made] = await tx.insert(broadcasts).values(row).returning({ id: broadcasts.id });
      if (made === undefined) throw new Error('an insert answers its row');
      await tx.execute(sql`insert into ${broadcastRecipients}
        (broadcast_id, user_id, state, attempts, leased_until)
        select ${made.id}::bigint, id, 'pending', 0, ${now.toISOString()}::timestamptz
        from ${users} where ${this.#inSegment(segment) ?? sql`true`}`);
      const details = { message, segment };
      const target = `broadcast:${made.id}`;
      await tx
        .insert(adminActions)
        .values({ admin, action: 'broadcast', target, details, at: now });
      return made.id;
    });
  }

  async cancel(admin: number, id: number): Promise<boolean> {
    return this.#db.transaction(async (tx) => {
      const isSending = and(eq(broadcasts.id, id), eq(broadcasts.state, 'sending'));
      const ended = await tx
        .update(broadcasts)
        .set({ state: 'cancelled' })
        .where(isSending)
        .returning({ id: broadcasts.id });
      if (ended.length === 0) return false;
      const what = { action: 'broadcast_cancel', target: `broadcast:${id}`, details: {} };
      await tx.insert(adminActions).values({ admin, ...what, at: this.#inMs(0) });
      return true;
    });
  }

  async latest(): Promise<BroadcastReport | null> {
    const [row] = await this.#db.select().from(broadcasts).orderBy(desc(broadcasts.id)).limit(1);
    if (row === undefined) return null;
    const found = await this.#db
      .select({ state, count: sql<number>`count(*)::int` })
      .from(broadcastRecipients)
      .where(eq(broadcast_id, row.id))
      .groupBy(state);
    const countOf = (one: DeliveryState) => found.find((is) => is.state === one)?.count ?? 0;
    const [pending, sent, blocked, failed] = deliveryStates.map(countOf);
    const counts = {
      pending: pending ?? 0,
      sent: sent ?? 0,
      blocked: blocked ?? 0,
      failed: failed ?? 0,
    };
    return { id: row.id, state: row.state, counts };
  }

  async lease(limit: number, everyMs: number): Promise<Batch | null> {
    return this.#db.transaction(async (tx) => {
      const isFree = and(
        eq(broadcasts.state, 'sending'),
        lte(broadcasts.leased_until, this.#inMs(0)),
      );
      const oldest = tx
        .select({ id: broadcasts.id })
        .from(broadcasts)
        .where(isFree)
        .orderBy(broadcasts.id)
        .limit(1)
        .for('update', { skipLocked: true });
      const [broadcast] = await tx
        .update(broadcasts)
        .set({ leased_until: this.#inMs(everyMs) })
        .where(inArray(broadcasts.id, oldest))
        .returning({ id: broadcasts.id, message: broadcasts.message });
      if (broadcast === undefined) return null;
      const userIds = await this.#leaseRecipients(tx, broadcast.id, limit);
      if (userIds.length === 0) await this.#closeIfDone(tx, broadcast.id);
      return { broadcastId: broadcast.id, message: broadcast.message, userIds };
    });
  }

  async mark(broadcastId: number, userId: number): Promise<boolean> {
    const isSending = sql`exists (select 1 from ${broadcasts} b
      where b.id = ${broadcastId}::bigint and b.state = 'sending')`;
    const isPending = and(this.#isOne(broadcastId, userId), eq(state, 'pending'), isSending);
    const marked = await this.#db
      .update(broadcastRecipients)
      .set({ state: 'sent', attempts: sql`${attempts} + 1` })
      .where(isPending)
      .returning({ userId: user_id });
    return marked.length > 0;
  }

  async setOutcome(
    broadcastId: number,
    userId: number,
    outcome: 'blocked' | 'failed' | { readonly retryAtMs: number },
  ): Promise<void> {
    const next =
      typeof outcome === 'string'
        ? { state: outcome }
        : {
            state: sql`case when ${attempts} >= ${BROADCAST_ATTEMPTS} then 'failed' else 'pending' end`,
            leased_until: new Date(outcome.retryAtMs),
          };
    await this.#db.update(broadcastRecipients).set(next).where(this.#isOne(broadcastId, userId));
  }

  async #leaseRecipients(tx: Database, id: number, limit: number): Promise<number[]> {
    const isDue = and(eq(broadcast_id, id), eq(state, 'pending'), lte(leased_until, this.#inMs(0)));
    const due = tx
      .select({ userId: user_id })
      .from(broadcastRecipients)
      .where(isDue)
      .orderBy(user_id)
      .limit(limit);
    const leased = await tx
      .update(broadcastRecipients)
      .set({ leased_until: this.#inMs(BROADCAST_LEASE_MS) })
      .where(and(eq(broadcast_id, id), inArray(user_id, due)))
      .returning({ userId: user_id });
    return leased.map(({ userId }) => userId);
  }

  /** Those that another process has leased, or that wait for another try, are still pending. */
  async #closeIfDone(tx: Database, id: number): Promise<void> {
    const isPending = and(eq(broadcast_id, id), eq(state, 'pending'));
    if ((await tx.$count(broadcastRecipients, isPending)) > 0) return;
    await tx.update(broadcasts).set({ state: 'done' }).where(eq(broadcasts.id, id));
  }

  #isOne(broadcastId: number, userId: number): SQL | undefined {
    return and(eq(broadcast_id, broadcastId), eq(user_id, userId));
  }

  /** Users with a character that was seen or made since. */
  #inSegment({ language, activeDays }: Segment): SQL | undefined {
    const since = activeDays === null ? null : this.#inMs(-activeDays * DAY_MS).toISOString();
    return and(
      language === null ? undefined : eq(users.language, language),
      since === null
        ? undefined
        : sql`exists (select 1 from characters c where c.user_id = ${users.id}
            and coalesce(c.last_seen_at, c.created_at) >= ${since}::timestamptz)`,
    );
  }

  #inMs(ms: number): Date {
    return new Date(this.#clock.now() + ms);
  }
}
