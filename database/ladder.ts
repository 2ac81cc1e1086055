import { type SQL, and, asc, desc, eq, gt, gte, isNull, lt, lte, or, sql } from 'drizzle-orm';
import {
  AROUND_ROWS,
  type LadderStore,
  type List,
  type ListEntry,
  type ListRow,
  type ListView,
  type OwnStanding,
  type RankedEntry,
  type RatedStanding,
  TOP_ROWS,
  activeSinceMs,
  rowsFrom,
} from '../domains/rating/ladder.ts';
import { ladderOf } from '../domains/rating/standing.ts';
import type { Database } from './database.ts';
import {
  battleRatings,
  isListed,
  isListedEver,
  ladderBests,
  ladderStandings,
} from './schema-ratings.ts';
import { characters } from './schema.ts';

const ladder = ladderOf['1v1'];

interface Position extends ListEntry {
  readonly reachedAt: Date;
}

/** Lists from the tables; an index answers each query. */
export class SqlLadder implements LadderStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async view(list: List, reader: { charId: number; nowMs: number }): Promise<ListView> {
    const all = new ListQueries(this.#db, list, reader.nowMs);
    const entries = await all.bestFrom(null, TOP_ROWS);
    const around = await all.around(reader.charId);
    return {
      best: rowsFrom(entries, { index: 0, place: 1 }),
      around: around.filter(({ index }) => index >= entries.length),
    };
  }

  async countAbove(season: number, above: { shown: number; nowMs: number }): Promise<number> {
    return new ListQueries(this.#db, { season, of: 'all' }, above.nowMs).countAbove(above.shown);
  }

  async standingIn(season: number, charId: number): Promise<OwnStanding | null> {
    const isOwn = and(
      eq(ladderStandings.season, season),
      eq(ladderStandings.ladder, ladder),
      eq(ladderStandings.character_id, charId),
    );
    const [row] = await this.#db.select().from(ladderStandings).where(isOwn);
    return row === undefined ? null : standingOf(row);
  }

  async standingsOf(charId: number, limit: number): Promise<OwnStanding[]> {
    const isOwn = and(eq(ladderStandings.character_id, charId), eq(ladderStandings.ladder, ladder));
    const latest = this.#db.select().from(ladderStandings).where(isOwn);
    const rows = await latest.orderBy(desc(ladderStandings.season)).limit(limit);
    return rows.map(standingOf);
  }

  async afterBattle(battleId: string, side: 0 | 1): Promise<RatedStanding | null> {
    const [row] = await this.#db
      .select({ standing: ladderStandings, rating: battleRatings })
      .from(battleRatings)
      .innerJoin(
        ladderStandings,
        and(
          eq(ladderStandings.season, battleRatings.season),
          eq(ladderStandings.ladder, battleRatings.ladder),
          eq(ladderStandings.character_id, battleRatings.character_id),
        ),
      )
      .where(
        and(
          eq(battleRatings.battle_id, battleId),
          eq(battleRatings.side, side),
          isNull(battleRatings.unrated),
        ),
      );
    if (row === undefined) return null;
    const { standing, rating } = row;
    const { league_before: leagueBefore, league_after: league, character_id: charId } = rating;
    return { ...standingOf(standing), charId, leagueBefore, league };
  }

  async entries(
    season: number | null,
    page: { afterId: number; limit: number; nowMs: number },
  ): Promise<RankedEntry[]> {
    return new ListQueries(this.#db, { season, of: 'all' }, page.nowMs).byCharacter(page);
  }

  async showEnd(season: number, charId: number, atMs: number): Promise<OwnStanding | null> {
    const isNew = and(
      eq(ladderStandings.season, season),
      eq(ladderStandings.ladder, ladder),
      eq(ladderStandings.character_id, charId),
      isNull(ladderStandings.end_shown_at),
    );
    const shown = this.#db.update(ladderStandings).set({ end_shown_at: new Date(atMs) });
    const [row] = await shown.where(isNew).returning();
    return row === undefined ? null : standingOf(row);
  }
}

/** The queries of one list. */
class ListQueries {
  readonly #db: Database;
  readonly #table: typeof ladderStandings | typeof ladderBests;
  readonly #isIn: SQL | undefined;

  constructor(db: Database, { season, of }: List, nowMs: number) {
    this.#db = db;
    this.#table = season === null ? ladderBests : ladderStandings;
    const since = new Date(activeSinceMs(nowMs));
    this.#isIn = and(
      season === null
        ? isListedEver
        : and(eq(ladderStandings.season, season), isListed, gte(ladderStandings.last_at, since)),
      eq(this.#table.ladder, ladder),
      of === 'all' ? undefined : eq(this.#table.archetype, of),
    );
  }

  /** The first ones after a position; null: from the start. */
  async bestFrom(after: Position | null, limit: number): Promise<Position[]> {
    const { r, reached_at, character_id } = this.#table;
    const isAfter =
      after === null
        ? undefined
        : and(lte(r, after.shown), or(lt(r, after.shown), this.#isBeside(after, '>')));
    const chosen = this.#select().where(and(this.#isIn, isAfter));
    const rows = await chosen.orderBy(desc(r), asc(reached_at), asc(character_id)).limit(limit);
    return rows.map(positionOf);
  }

  /** The last ones before a position, in the order of the list. */
  async #lastBefore(before: Position, limit: number): Promise<Position[]> {
    const { r, reached_at, character_id } = this.#table;
    const isBefore = and(gte(r, before.shown), this.#isBefore(before));
    const chosen = this.#select().where(and(this.#isIn, isBefore));
    const rows = await chosen.orderBy(asc(r), desc(reached_at), desc(character_id)).limit(limit);
    return rows.map(positionOf).toReversed();
  }

  async around(charId: number): Promise<ListRow[]> {
    const isOwn = and(this.#isIn, eq(this.#table.character_id, charId));
    const [own] = (await this.#select().where(isOwn)).map(positionOf);
    if (own === undefined) return [];
    const before = await this.#lastBefore(own, AROUND_ROWS);
    const first = before[0] ?? own;
    const [index, above, after] = await Promise.all([
      this.#count(and(gte(this.#table.r, first.shown), this.#isBefore(first))),
      this.countAbove(first.shown),
      this.bestFrom(own, AROUND_ROWS),
    ]);
    return rowsFrom([...before, own, ...after], { index, place: above + 1 });
  }

  async countAbove(shown: number): Promise<number> {
    return this.#count(gt(this.#table.r, shown));
  }

  async byCharacter({ afterId, limit }: { afterId: number; limit: number }) {
    const { character_id: charId, r: shown, archetype, reached_at } = this.#table;
    const rows = await this.#db
      .select({ charId, shown, of: archetype, reachedAt: reached_at, name: characters.name })
      .from(this.#table)
      .innerJoin(characters, eq(characters.id, charId))
      .where(and(this.#isIn, gt(charId, afterId)))
      .orderBy(asc(charId))
      .limit(limit);
    return rows.map(({ reachedAt, name, ...row }) => {
      return { ...row, name: name ?? '', reachedAtMs: reachedAt.getTime() };
    });
  }

  #select() {
    const { character_id: charId, r: shown, reached_at: reachedAt } = this.#table;
    return this.#db
      .select({ charId, shown, reachedAt, name: characters.name })
      .from(this.#table)
      .innerJoin(characters, eq(characters.id, charId))
      .$dynamic();
  }

  async #count(condition: SQL | undefined): Promise<number> {
    const chosen = this.#db.select({ count: sql<number>`count(*)::int` }).from(this.#table);
    const [row] = await chosen.where(and(this.#isIn, condition));
    return row?.count ?? 0;
  }

  #isBefore(position: Position): SQL | undefined {
    return or(gt(this.#table.r, position.shown), this.#isBeside(position, '<'));
  }

  /** Of equal numbers. */
  #isBeside({ shown, reachedAt, charId }: Position, side: '<' | '>'): SQL | undefined {
    const { r, reached_at, character_id } = this.#table;
    const at = sql`(${reachedAt.toISOString()}::timestamptz, ${charId}::bigint)`;
    return and(eq(r, shown), sql`(${reached_at}, ${character_id}) ${sql.raw(side)} ${at}`);
  }
}

interface EntryRow {
  readonly charId: number;
  readonly shown: number;
  readonly reachedAt: Date;
  readonly name: string | null;
}

function positionOf({ name, ...row }: EntryRow): Position {
  return { ...row, name: name ?? '' };
}

function standingOf(row: typeof ladderStandings.$inferSelect): OwnStanding {
  const { season, r, peak, battles, opponents, lifetime, league, archetype, place } = row;
  return {
    season,
    shown: r,
    peak,
    battles,
    opponents,
    lifetime,
    league,
    of: archetype,
    place,
    lastAtMs: row.last_at.getTime(),
    reachedAtMs: row.reached_at.getTime(),
  };
}
