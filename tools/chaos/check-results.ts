import { inArray } from 'drizzle-orm';
import { z } from 'zod';
import { battleSides, battles, savedSessions } from '../../database/schema.ts';
import { archivedBattleOf } from '../../domains/combat/battle-archive.ts';
import { type BattleRecord, battleRecordSchema } from '../../domains/combat/battle-record.ts';
import { keys } from '../../redis/keys.ts';
import type { RedisClient } from '../../redis/redis-client.ts';
import { scanKeys } from '../../tests/support/scan-keys.ts';
import { checkRecords } from './check-records.ts';
import { type Stores, characterIds, readSession } from './check-arena.ts';
import { type Violation, violation } from './violation.ts';

export interface Results {
  readonly ended: number;
  readonly unended: number;
  readonly withShadow: number;
  readonly turns: number;
  readonly stored: number;
  readonly violations: readonly Violation[];
}

type BattleRow = typeof battles.$inferSelect;
type SideRow = typeof battleSides.$inferSelect;

/** Compares every battle in Redis with the database; all battles should have ended by then. */
export async function checkResults({ redis, db }: Stores): Promise<Results> {
  const records = await battleRecords(redis);
  const ended = records.filter((one) => one.endedAtMs !== null);
  const rows = await db.select().from(battles);
  const sides = await db.select().from(battleSides);
  return {
    ended: ended.length,
    unended: records.length - ended.length,
    withShadow: ended.filter((one) => one.sides.some(({ charId }) => charId === null)).length,
    turns: ended.reduce((sum, one) => sum + one.inputs.length, 0),
    stored: rows.length,
    violations: [...resultViolations({ records, rows, sides }), ...(await checkRecords(db))],
  };
}

interface StoredBattles {
  readonly records: readonly BattleRecord[];
  readonly rows: readonly BattleRow[];
  readonly sides: readonly SideRow[];
}

function resultViolations({ records, rows, sides }: StoredBattles): Violation[] {
  const known = new Set(records.map(({ id }) => id));
  const timesOf = new Map<string, number>();
  for (const { seed } of rows) timesOf.set(seed, (timesOf.get(seed) ?? 0) + 1);
  return [
    ...records.flatMap((record) => recordViolations(record, { rows, sides })),
    ...rows
      .filter(({ id }) => !known.has(id))
      .map(({ id }) => violation('every result stored once', `battle ${id} is missing in Redis`)),
    ...[...timesOf]
      .filter(([, times]) => times > 1)
      .map(([seed, times]) =>
        violation('every result stored once', `${times} rows of one battle, seed ${seed}`),
      ),
  ];
}

function recordViolations(
  record: BattleRecord,
  { rows, sides }: Omit<StoredBattles, 'records'>,
): Violation[] {
  const { id } = record;
  const archived = archivedBattleOf(record);
  if (archived === null) return [violation('every battle ends', `battle ${id} has not ended`)];
  const row = rows.find((one) => one.id === id);
  if (row === undefined)
    return [violation('every result stored once', `battle ${id} has ended and is not stored`)];
  const { seed, inputs, outcome, turns } = archived;
  const asFought = isSame(
    { seed, inputs, outcome, turns },
    { seed: row.seed, inputs: row.inputs, outcome: row.outcome, turns: row.turns },
  );
  const fighters = archived.sides.map(({ charId, result }, side) => ({ side, charId, result }));
  const stored = sides
    .filter((one) => one.battle_id === id)
    .map(({ side, character_id: charId, result }) => ({ side, charId, result }))
    .toSorted((one, other) => one.side - other.side);
  return [
    ...(asFought
      ? []
      : [
          violation(
            'every result stored once',
            `battle ${id} is stored differently from the fight`,
          ),
        ]),
    ...(isSame(fighters, stored)
      ? []
      : [violation('every result stored once', `battle ${id} is stored with different sides`)]),
  ];
}

async function battleRecords(redis: RedisClient): Promise<BattleRecord[]> {
  const found = new Set<string>();
  for await (const some of scanKeys(redis, 'battle')) for (const key of some) found.add(key);
  const states = await Promise.all([...found].map((key) => redis.hget(key, 'state')));
  return states.flatMap((state) => {
    const record = battleRecordSchema.nullable().parse(JSON.parse(state ?? 'null'));
    return record === null ? [] : [record];
  });
}

export interface Unsaved {
  /** Queued: they will be saved. */
  readonly dirty: readonly string[];
  /** Neither saved nor queued: they are lost with Redis. */
  readonly lost: readonly Violation[];
}

/** Live sessions that differ from what the database has of them. */
export async function findUnsaved(stores: Stores): Promise<Unsaved> {
  const { redis, db } = stores;
  const ids = await characterIds(stores);
  const rows =
    ids.length === 0
      ? []
      : await db.select().from(savedSessions).where(inArray(savedSessions.character_id, ids));
  const savedOf = new Map(rows.map((row) => [row.character_id, row.context]));
  const unsaved: number[] = [];
  for (const id of ids) {
    const live = await readSession(stores, id);
    if (live !== null && !isSame(savedOf.get(id), live)) unsaved.push(id);
  }
  const dirty = new Set([
    ...(await redis.zrange(keys.dirty('session'), 0, -1)),
    ...(await redis.zrange(keys.leased('session'), 0, -1)),
  ]);
  return {
    dirty: [...dirty].map((id) => `session ${id} is not saved yet`),
    lost: unsaved
      .filter((id) => !dirty.has(String(id)))
      .map((id) => violation('every session saved', `session ${id} is neither saved nor queued`)),
  };
}

/** The order of object members does not matter. */
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
