import { createHmac, randomBytes } from 'node:crypto';
import { and, eq, gte, inArray, sql } from 'drizzle-orm';
import { type Kept, keptSchema } from '../domains/privacy/kept.ts';
import type { Database } from './database.ts';
import { giveRating, keptPause, keptRatings } from './kept-fair-play.ts';
import type { KeptPart } from './kept-part.ts';
import { bans } from './schema-admin.ts';
import { blocks, erasedUsers, erasureSalt } from './schema-privacy.ts';
import { users } from './schema.ts';

const blockedBy: KeptPart = {
  async collect(tx, userId) {
    const found = await tx
      .select({ id: blocks.user_id })
      .from(blocks)
      .where(eq(blocks.blocked_user_id, userId));
    return found.length === 0 ? {} : { blockedBy: found.map(({ id }) => id) };
  },
  async restore(tx, userId, { blockedBy: ids = [], ...rest }) {
    if (ids.length === 0) return rest;
    const known = await tx.select({ id: users.id }).from(users).where(inArray(users.id, ids));
    const rows = known.map(({ id }) => ({ user_id: id, blocked_user_id: userId }));
    if (rows.length > 0) await tx.insert(blocks).values(rows).onConflictDoNothing();
    return rest;
  },
};

const ban: KeptPart = {
  async collect(tx, userId) {
    const [row] = await tx.select().from(bans).where(eq(bans.user_id, userId));
    if (row === undefined) return {};
    const { until, reason, rated_only: isRatedOnly } = row;
    return { ban: { untilMs: until?.getTime() ?? null, reason, isRatedOnly } };
  },
  async restore(tx, userId, { ban: kept, ...rest }) {
    if (kept === undefined) return rest;
    const { untilMs, reason, isRatedOnly: rated_only = false } = kept;
    const until = untilMs === null ? null : new Date(untilMs);
    // The kept ban has no beginning: it applies to everything before its end.
    const created_at = new Date(0);
    await tx
      .insert(bans)
      .values({ user_id: userId, until, reason, rated_only, created_at })
      .onConflictDoNothing();
    return rest;
  },
};

/** What is kept, each part by itself. */
const parts: readonly KeptPart[] = [blockedBy, ban, keptPause, keptRatings];

/** To be called while the user's rows exist. What was kept of an earlier erasure stays. */
export async function keep(tx: Database, userId: number, atMs: number): Promise<void> {
  await forgetBlocker(tx, userId);
  const user_hash = hashOf(userId, await madeSalt(tx));
  let kept: Kept = await readKept(tx, user_hash);
  for (const part of parts) kept = { ...kept, ...(await part.collect(tx, userId, kept)) };
  const row = { kept, erased_at: new Date(atMs) };
  await tx
    .insert(erasedUsers)
    .values({ user_hash, ...row })
    .onConflictDoUpdate({ target: erasedUsers.user_hash, set: row });
}

/** To be called in the transaction that inserts a user's row. */
export async function restoreKept(tx: Database, userId: number): Promise<void> {
  await changeKept(tx, userId, async (found) => {
    let kept = found;
    for (const part of parts) kept = await part.restore(tx, userId, kept);
    return kept;
  });
}

/** To be called in the transaction that inserts a character's row. */
export async function restoreRating(tx: Database, userId: number, charId: number): Promise<void> {
  await changeKept(tx, userId, (kept) => giveRating(tx, { userId, charId }, kept));
}

async function changeKept(
  tx: Database,
  userId: number,
  change: (kept: Kept) => Promise<Kept>,
): Promise<void> {
  const user_hash = await knownHash(tx, userId);
  if (user_hash === null) return;
  const kept = await change(await readKept(tx, user_hash));
  await tx.update(erasedUsers).set({ kept }).where(eq(erasedUsers.user_hash, user_hash));
}

/** What does not apply yet; empty for users who were never erased. */
export async function keptOf(tx: Database, userId: number): Promise<Kept> {
  const user_hash = await knownHash(tx, userId);
  return user_hash === null ? {} : readKept(tx, user_hash);
}

/** Whether the user was erased at `sinceMs` or later. */
export async function wasErasedSince(
  tx: Database,
  userId: number,
  sinceMs: number,
): Promise<boolean> {
  const user_hash = await knownHash(tx, userId);
  if (user_hash === null) return false;
  const isLater = gte(erasedUsers.erased_at, new Date(sinceMs));
  return (await tx.$count(erasedUsers, and(eq(erasedUsers.user_hash, user_hash), isLater))) > 0;
}

/** Locks the row, so that of two restores at once the second finds nothing. */
async function readKept(tx: Database, user_hash: string): Promise<Kept> {
  const [row] = await tx
    .select({ kept: erasedUsers.kept })
    .from(erasedUsers)
    .where(eq(erasedUsers.user_hash, user_hash))
    .for('update');
  return row === undefined ? {} : keptSchema.parse(row.kept);
}

/** Nothing kept of others names the user. */
async function forgetBlocker(tx: Database, userId: number): Promise<void> {
  const others = sql`(select coalesce(jsonb_agg(one), '[]') from jsonb_array_elements(kept -> 'blockedBy') one
    where one <> to_jsonb(${userId}::bigint))`;
  await tx.execute(sql`update ${erasedUsers} set kept = jsonb_set(kept, '{blockedBy}', ${others})
    where kept -> 'blockedBy' @> to_jsonb(${userId}::bigint)`);
}

function hashOf(userId: number, salt: string): string {
  return createHmac('sha256', salt).update(String(userId)).digest('hex');
}

/** Null while nobody has ever been erased. */
async function knownHash(tx: Database, userId: number): Promise<string | null> {
  const [row] = await tx.select({ salt: erasureSalt.salt }).from(erasureSalt);
  return row === undefined ? null : hashOf(userId, row.salt);
}

async function madeSalt(tx: Database): Promise<string> {
  const made = { id: 1, salt: randomBytes(32).toString('hex') };
  await tx.insert(erasureSalt).values(made).onConflictDoNothing();
  const [row] = await tx.select({ salt: erasureSalt.salt }).from(erasureSalt);
  return row?.salt ?? made.salt;
}
