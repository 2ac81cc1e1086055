import { type SQL, and, asc, desc, eq, isNull, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import {
  CARD_FLAGS,
  FLAGS_ON_A_PAGE,
  type FlagStore,
  type OpenFlags,
  type StoredFlag,
} from '../domains/admin/flag-store.ts';
import type { Clock } from '../domains/core/clock.ts';
import type { Database } from './database.ts';
import { adminActions } from './schema-admin.ts';
import { flags } from './schema-fair-play.ts';
import { users } from './schema.ts';

const evidenceSchema = z.record(z.string(), z.number());
const others = alias(users, 'others');
const isOpen = isNull(flags.closed_at);

/** What operators read of flags, and that they have looked at them. */
export class SqlFlagReview implements FlagStore {
  readonly #db: Database;
  readonly #clock: Clock;

  constructor({ db, clock }: { readonly db: Database; readonly clock: Clock }) {
    this.#db = db;
    this.#clock = clock;
  }

  async open(): Promise<OpenFlags> {
    const order = [asc(flags.created_at), asc(flags.id)];
    const found = this.#read(isOpen, { order, limit: FLAGS_ON_A_PAGE });
    const [open, count] = await Promise.all([found, this.countOpen()]);
    return { flags: open, count };
  }

  async countOpen(): Promise<number> {
    return this.#db.$count(flags, isOpen);
  }

  async flagsOf(userId: number): Promise<readonly StoredFlag[]> {
    const isOfThem = or(eq(flags.user_id, userId), eq(flags.other_user_id, userId));
    const order = [desc(flags.created_at), desc(flags.id)];
    return this.#read(isOfThem, { order, limit: CARD_FLAGS });
  }

  async close(admin: number, id: number): Promise<boolean> {
    const at = new Date(this.#clock.now());
    return this.#db.transaction(async (tx) => {
      const [closed] = await tx
        .update(flags)
        .set({ closed_at: at, closed_by: admin })
        .where(and(eq(flags.id, id), isOpen))
        .returning({ kind: flags.kind });
      if (closed === undefined) return false;
      const what = { action: 'review', target: `flag:${id}`, details: closed };
      await tx.insert(adminActions).values({ admin, ...what, at });
      return true;
    });
  }

  async #read(
    which: SQL | undefined,
    { order, limit }: { readonly order: readonly SQL[]; readonly limit: number },
  ): Promise<StoredFlag[]> {
    const rows = await this.#db
      .select({ flag: flags, name: users.first_name, otherName: others.first_name })
      .from(flags)
      .leftJoin(users, eq(users.id, flags.user_id))
      .leftJoin(others, eq(others.id, flags.other_user_id))
      .where(which)
      .orderBy(...order)
      .limit(limit);
    return rows.map(({ flag, name, otherName }) => ({
      id: flag.id,
      kind: flag.kind,
      atMs: flag.created_at.getTime(),
      user: { userId: flag.user_id, firstName: name },
      other: { userId: flag.other_user_id, firstName: otherName },
      evidence: evidenceSchema.parse(flag.evidence),
      isReviewed: flag.closed_at !== null,
    }));
  }
}
