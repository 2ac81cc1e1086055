import type { Redis } from 'ioredis';
import { z } from 'zod';
import { setTimeout as sleep } from 'node:timers/promises';
import { inArray, sql } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { battleSides, battles, characters, savedSessions } from '../../database/schema.ts';
import { storedAccountSchema } from '../../domains/account/account-context.ts';
import { archivedBattleOf } from '../../domains/combat/battle-archive.ts';
import { type BattleRecord, battleRecordSchema } from '../../domains/combat/battle-record.ts';
import { LuaDocuments } from '../../redis/documents/lua-documents.ts';
import { keys } from '../../redis/keys.ts';
import { brokenInvariants, takeCensus } from '../support/crowd.ts';

export interface Stores {
  readonly redis: Redis;
  readonly db: Database;
}

/** What is against the invariants, the battles that nobody would end, the seats without a session. */
export async function arenaFaults({ redis, db }: Stores): Promise<string[]> {
  const ids = await characterIds(db);
  const census = await takeCensus(redis, ids);
  const faults = brokenInvariants(census, ids);
  if (census.pendingMatches > 0) faults.push(`${census.pendingMatches} matches without a battle`);
  for (const id of new Set([...census.fighting.values()].flat())) {
    const due = await redis.zscore(keys.deadlines(), id);
    if (due === null) faults.push(`nobody would end battle ${id}`);
  }
  for (const id of ids) {
    const fault = await sessionFault(redis, id, census.seated.get(id) ?? null);
    if (fault !== null) faults.push(fault);
  }
  return faults;
}

/**
 * Looks again and again, at most for so long, until nothing of what the first look found has been
 * there all the time: what is under way while one looks is no fault.
 */
export async function lastingFaults(
  look: () => Promise<string[]>,
  withinMs: number,
): Promise<{ faults: string[]; afterMs: number }> {
  const startedAt = performance.now();
  let faults = await look();
  for (;;) {
    const afterMs = Math.round(performance.now() - startedAt);
    if (faults.length === 0 || afterMs > withinMs) return { faults, afterMs };
    await sleep(200);
    const now = new Set(await look());
    faults = faults.filter((one) => now.has(one));
  }
}

/** Looks, at most for so long, until there is nothing at all. */
export async function untilNothing(
  look: () => Promise<string[]>,
  withinMs: number,
): Promise<{ faults: string[]; afterMs: number }> {
  const startedAt = performance.now();
  for (;;) {
    const faults = await look();
    const afterMs = Math.round(performance.now() - startedAt);
    if (faults.length === 0 || afterMs > withinMs) return { faults, afterMs };
    await sleep(200);
  }
}

async function characterIds(db: Database): Promise<number[]> {
  return (await db.select({ id: characters.id }).from(characters)).map(({ id }) => id);
}

/** A session tells of the battle that holds the character, and of none where none does. */
async function sessionFault(
  redis: Redis,
  charId: number,
  seat: string | null,
): Promise<string | null> {
  const session = await readSession(redis, charId);
  if (session === null) return seat === null ? null : `${charId} fights without a session`;
  const { state, sessions } = session;
  const says = state === 'COMBAT' ? (sessions.combat_id ?? 'COMBAT') : sessions.combat_id;
  return says === seat
    ? null
    : `${charId} sits in ${String(seat)}, his session says ${String(says)}`;
}

async function readSession(redis: Redis, charId: number) {
  const reading = await new LuaDocuments(redis).get(keys.account(charId), '$');
  return reading.kind === 'value' ? storedAccountSchema.parse(reading.value) : null;
}

/** Who is still in the arena, once everybody has fallen silent. */
export async function leftOver({ redis }: Stores): Promise<string[]> {
  const counts = {
    waiting: await redis.zcard(keys.queue('1v1')),
    'with a seat': (await redis.keys(keys.seat(0).replace(/0$/, '*'))).length,
    'battles on the clock': await redis.zcard(keys.deadlines()),
    'matches without a battle': await redis.zcard(keys.matches()),
  };
  return Object.entries(counts).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : []));
}

export interface Results {
  readonly ended: number;
  readonly unended: number;
  readonly stored: number;
  readonly faults: string[];
}

/** Every battle that Redis remembers against what is kept for good. */
export async function countResults({ redis, db }: Stores): Promise<Results> {
  const records = await battleRecords(redis);
  const ended = records.filter((one) => one.endedAtMs !== null);
  const rows = await db.select().from(battles);
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const faults = ended.flatMap((record) => {
    const row = rowOf.get(record.id);
    if (row === undefined) return [`battle ${record.id} has ended and is not stored`];
    const same = row.turns === archivedBattleOf(record)?.turns && isSame(row.inputs, record.inputs);
    return same ? [] : [`battle ${record.id} is stored otherwise than it was fought`];
  });
  const known = new Set(records.map(({ id }) => id));
  faults.push(
    ...rows
      .filter(({ id }) => !known.has(id))
      .map(({ id }) => `battle ${id}: Redis has forgotten it`),
  );
  const sides = await db
    .select({ id: battleSides.battle_id, count: sql<number>`count(*)::int` })
    .from(battleSides)
    .groupBy(battleSides.battle_id);
  const whole = new Set(sides.filter(({ count }) => count === 2).map(({ id }) => id));
  faults.push(
    ...rows.filter(({ id }) => !whole.has(id)).map(({ id }) => `battle ${id}: sides lack`),
  );
  return {
    ended: ended.length,
    unended: records.length - ended.length,
    stored: rows.length,
    faults,
  };
}

async function battleRecords(redis: Redis): Promise<BattleRecord[]> {
  const found = await redis.keys(keys.battle('*'));
  const states = await Promise.all(found.map((key) => redis.hget(key, 'state')));
  return states.flatMap((state) => {
    const record = battleRecordSchema.nullable().parse(JSON.parse(state ?? 'null'));
    return record === null ? [] : [record];
  });
}

/** What the database is owed, and live sessions that it knows otherwise than they are. */
export async function unsaved({ redis, db }: Stores): Promise<string[]> {
  const owed = await redis.zcard(keys.owed('session'));
  const taken = await redis.zcard(keys.taken('session'));
  const faults = owed + taken > 0 ? [`${owed} sessions owed, ${taken} taken`] : [];
  const ids = await characterIds(db);
  if (ids.length === 0) return faults;
  const rows = await db
    .select()
    .from(savedSessions)
    .where(inArray(savedSessions.character_id, ids));
  const savedOf = new Map(rows.map((row) => [row.character_id, row.context]));
  for (const id of ids) {
    const live = await readSession(redis, id);
    if (live !== null && !isSame(savedOf.get(id), live))
      faults.push(`session ${id} is not saved as it is`);
  }
  return faults;
}

/** Whatever the order of members. */
function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

const member = z.record(z.string(), z.unknown());

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, held: unknown) => {
    const parsed = Array.isArray(held) ? null : member.safeParse(held);
    return parsed?.success === true
      ? Object.fromEntries(Object.entries(parsed.data).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : held;
  });
}
