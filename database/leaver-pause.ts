import { and, desc, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import { outcomeSchema } from '../domains/combat/battle.ts';
import {
  type Ending,
  type LeaverFacts,
  type LeaverPause,
  countedUnrated,
  leaverBattles,
  leaverPauseHandler,
  leaversOf,
} from '../domains/rating/leaver-pause.ts';
import type { PauseReader } from '../domains/rating/leaver-pauses.ts';
import { type HandlerRows, storedHandler } from './battle-handlers.ts';
import type { Database } from './database.ts';
import { leaverPauses } from './schema-fair-play.ts';
import { battleRatings } from './schema-ratings.ts';
import { battleSides, battles } from './schema.ts';

const rows: HandlerRows<readonly LeaverFacts[], readonly LeaverPause[]> = {
  read: async (tx, ended) => {
    const facts: LeaverFacts[] = [];
    for (const userId of leaversOf(ended))
      facts.push({ userId, earlier: await earlierOf(tx, userId, ended.id) });
    return facts;
  },
  write: async (tx, pauses) => {
    if (pauses.length === 0) return;
    const found = pauses.map(({ userId, untilMs }) => pauseRow(userId, untilMs));
    await tx.insert(leaverPauses).values(found).onConflictDoUpdate(later);
  },
};

export const leaverPause = storedHandler(leaverPauseHandler, rows);

export class SqlLeaverPauses implements PauseReader {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async pausedUntil(userId: number): Promise<number | null> {
    const isTheirs = eq(leaverPauses.user_id, userId);
    const [row] = await this.#db.select().from(leaverPauses).where(isTheirs);
    return row?.until_at.getTime() ?? null;
  }
}

/** A battle that is stored late must not shorten a pause. */
const later = {
  target: leaverPauses.user_id,
  set: { until_at: sql`greatest(${leaverPauses.until_at}, excluded.until_at)` },
};

export function pauseRow(userId: number, untilMs: number): typeof leaverPauses.$inferInsert {
  return { user_id: userId, until_at: new Date(untilMs) };
}

const reasonSchema = outcomeSchema.shape.reason;

/** Of all characters of the user, latest first. */
async function earlierOf(tx: Database, userId: number, battleId: string): Promise<Ending[]> {
  const { user_id, battle_id, side, unrated, ended_at } = battleRatings;
  const isCounted = or(isNull(unrated), inArray(unrated, [...countedUnrated]));
  const isSide = and(eq(battleSides.battle_id, battle_id), eq(battleSides.side, side));
  const found = await tx
    .select({
      reason: sql<unknown>`${battles.outcome} ->> 'reason'`,
      turns: battles.turns,
      result: battleSides.result,
    })
    .from(battleRatings)
    .innerJoin(battles, eq(battles.id, battle_id))
    .innerJoin(battleSides, isSide)
    .where(and(eq(user_id, userId), ne(battle_id, battleId), isCounted))
    .orderBy(desc(ended_at))
    .limit(leaverBattles - 1);
  return found.map((row) => ({ ...row, reason: reasonSchema.parse(row.reason) }));
}
