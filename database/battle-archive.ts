import { type SQL, and, asc, desc, eq, isNull, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { fighterSheetSchema, sideSchema } from '../domains/combat/battle.ts';
import {
  type ArchivedBattle,
  type ArchivedSide,
  type BattleArchive,
  type BattlePage,
  type BattleSummary,
  DamagedBattleError,
  type PageRequest,
  archivedBattleSchema,
  erasedSide,
  isErased,
  pageOf,
} from '../domains/combat/battle-archive.ts';
import { kindOfSide } from '../domains/combat/side-kind.ts';
import { type BattleHandlers, lockFighters } from './battle-handlers.ts';
import type { Database } from './database.ts';
import { wasErasedSince } from './kept.ts';
import { battleSides, battles } from './schema.ts';

const own = alias(battleSides, 'own');
const opponent = alias(battleSides, 'opponent');
/** Without inputs, and of the sheets only the level of a Shadow, which is always the second side. */
const summarised = {
  mode: battles.mode,
  outcome: battles.outcome,
  turns: battles.turns,
  shadow: sql<unknown>`${battles.sheets} -> 1 -> 'shadow'`,
};

/** False for a fight against the Shadow that was surrendered before its first exchange. */
const isFought = sql`not (${battles.turns} = 1 and ${battles.outcome} ->> 'reason' = 'surrender'
  and ${opponent.character_id} is null)`;

type SideRow = typeof battleSides.$inferSelect;
type BattleRow = typeof battles.$inferSelect;

export class SqlBattleArchive implements BattleArchive {
  readonly #db: Database;
  readonly #handlers: BattleHandlers | null;

  /** `handlers`: the effects of a battle; null: none. */
  constructor(db: Database, handlers: BattleHandlers | null = null) {
    this.#db = db;
    this.#handlers = handlers;
  }

  /** Stores the battle and its effects in one transaction. */
  async store(battle: ArchivedBattle): Promise<'stored' | 'known'> {
    const failures = await this.#db.transaction(async (tx) => {
      const stored = await withoutErased(tx, battle, await lockFighters(tx, battle));
      if (!(await added(tx, stored))) return null;
      return this.#handlers?.runAll(tx, stored) ?? [];
    });
    if (failures === null) return 'known';
    this.#handlers?.logFailures(failures);
    return 'stored';
  }

  async find(id: string): Promise<ArchivedBattle | null> {
    const rows = await this.#db
      .select()
      .from(battles)
      .innerJoin(battleSides, eq(battleSides.battle_id, battles.id))
      .where(eq(battles.id, id))
      .orderBy(asc(battleSides.side));
    const [first] = rows;
    if (first === undefined) return null;
    const sides = rows.map((row) => sideOf(row.battle_sides));
    const parsed = archivedBattleSchema.safeParse({ ...battleOf(first.battles), sides });
    if (!parsed.success) throw new DamagedBattleError(id, parsed.error);
    return parsed.data;
  }

  async listOf(charId: number, page: PageRequest): Promise<BattlePage> {
    const nearest = page.kind === 'newer' ? asc : desc;
    const rows = await this.#db
      .select({ own, opponent, battle: summarised })
      .from(own)
      .innerJoin(opponent, and(eq(opponent.battle_id, own.battle_id), ne(opponent.side, own.side)))
      .innerJoin(battles, eq(battles.id, own.battle_id))
      .where(and(eq(own.character_id, charId), isBeside(page)))
      .orderBy(nearest(own.ended_at), nearest(own.battle_id))
      .limit(page.limit + 1);
    return pageOf(rows.map(summaryOf), page);
  }

  async countOf(charId: number, atMost: number): Promise<number> {
    const found = await this.#db
      .select({ id: own.battle_id })
      .from(own)
      .innerJoin(opponent, and(eq(opponent.battle_id, own.battle_id), ne(opponent.side, own.side)))
      .innerJoin(battles, eq(battles.id, own.battle_id))
      .where(and(eq(own.character_id, charId), isNull(opponent.monster), isFought))
      .limit(atMost);
    return found.length;
  }
}

/** Inserts the battle once, by its primary key; a concurrent transaction waits for the first and adds nothing. */
async function added(tx: Database, battle: ArchivedBattle): Promise<boolean> {
  const rows = await tx
    .insert(battles)
    .values(rowOf(battle))
    .onConflictDoNothing()
    .returning({ id: battles.id });
  if (rows.length > 0) await tx.insert(battleSides).values(sideRowsOf(battle));
  return rows.length > 0;
}

/** A battle that is stored late must not bring back a user who was erased since it began. */
async function withoutErased(
  tx: Database,
  battle: ArchivedBattle,
  known: ReadonlySet<number>,
): Promise<ArchivedBattle> {
  const stay = async (side: ArchivedSide): Promise<ArchivedSide> => {
    const { charId, userId } = side;
    if (charId === null || known.has(charId) || userId === null) return side;
    const isGone = await wasErasedSince(tx, userId, battle.startedAtMs);
    return isGone ? { ...side, ...erasedSide } : side;
  };
  const [first, second] = battle.sides;
  const sides = [await stay(first), await stay(second)] as const;
  // A Shadow has the name of the one whom it mirrors.
  const isAnonymous = sides.every((side) => kindOfSide(side) !== 'character' || isErased(side));
  const named = (side: ArchivedSide) => (isAnonymous ? { ...side, name: erasedSide.name } : side);
  return { ...battle, sides: [named(sides[0]), named(sides[1])] };
}

/** Ordered by time, and battles of the same time by id. */
function isBeside(page: PageRequest): SQL | undefined {
  if (page.kind === 'latest') return undefined;
  const place = sql`(${own.ended_at}, ${own.battle_id})`;
  const endedAt = new Date(page.than.endedAtMs).toISOString();
  const beside = sql`(${endedAt}::timestamptz, ${page.than.id})`;
  return page.kind === 'older' ? sql`${place} < ${beside}` : sql`${place} > ${beside}`;
}

function rowOf(battle: ArchivedBattle): BattleRow {
  const { id, mode, seed, sheets, inputs, outcome, turns } = battle;
  return {
    id,
    mode,
    seed,
    sheets,
    inputs,
    outcome,
    turns,
    rules_version: battle.rules,
    started_at: new Date(battle.startedAtMs),
    ended_at: new Date(battle.endedAtMs),
    had_outage: battle.hadOutage,
  };
}

function sideRowsOf({ id, endedAtMs, sides }: ArchivedBattle): SideRow[] {
  return sides.map(({ charId, userId, monster, name, gender, gs, result, ownMoves }, side) => ({
    battle_id: id,
    side,
    monster,
    name,
    gender,
    gs,
    result,
    own_moves: ownMoves,
    character_id: charId,
    user_id: userId,
    ended_at: new Date(endedAtMs),
  }));
}

/** Unchecked: the schema validates what is in JSON. */
function battleOf(row: BattleRow) {
  const { id, mode, rules_version: rules, seed, sheets, inputs, outcome, turns } = row;
  const startedAtMs = row.started_at.getTime();
  return {
    id,
    mode,
    rules,
    seed,
    sheets,
    inputs,
    outcome,
    turns,
    startedAtMs,
    endedAtMs: row.ended_at.getTime(),
    hadOutage: row.had_outage,
  };
}

function sideOf({ character_id, user_id, own_moves, ...row }: SideRow): ArchivedSide {
  const { monster, name, gender, gs, result } = row;
  const ids = { charId: character_id, userId: user_id, monster };
  return { ...ids, name, gender, gs, result, ownMoves: own_moves };
}

const summaryShape = archivedBattleSchema
  .pick({ mode: true, outcome: true, turns: true })
  .extend({ shadow: fighterSheetSchema.shape.shadow.nullable() });

function summaryOf(row: { own: SideRow; opponent: SideRow; battle: unknown }): BattleSummary {
  const common = {
    id: row.own.battle_id,
    endedAtMs: row.own.ended_at.getTime(),
    side: sideSchema.parse(row.own.side),
    own: sideOf(row.own),
    opponent: sideOf(row.opponent),
  };
  // One unreadable battle must not hide the others.
  const { success, data } = summaryShape.safeParse(row.battle);
  if (!success) return { ...common, kind: 'damaged' };
  const { mode, outcome, turns } = data;
  const isShadow = kindOfSide(common.opponent) === 'shadow';
  const shadow = isShadow ? (data.shadow ?? 'master') : null;
  return { ...common, kind: 'whole', mode, reason: outcome.reason, turns, shadow };
}
