import { and, asc, desc, eq, gte, isNull, sql } from 'drizzle-orm';
import { activeSinceMs } from '../domains/rating/ladder.ts';
import type { Season, SeasonStore } from '../domains/rating/season.ts';
import type { Ladder } from '../domains/rating/standing.ts';
import type { Database } from './database.ts';
import { isListed, ladderStandings, seasons } from './schema-ratings.ts';

export class SqlSeasons implements SeasonStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async list(): Promise<Season[]> {
    const rows = await this.#db.select().from(seasons).orderBy(asc(seasons.number));
    return rows.map(seasonOf);
  }

  async setEnd(season: number, endsAtMs: number): Promise<void> {
    const endsAt = new Date(endsAtMs);
    await this.#db.transaction(async (tx) => {
      const isOpen = and(eq(seasons.number, season), isNull(seasons.ends_at));
      const set = tx.update(seasons).set({ ends_at: endsAt }).where(isOpen);
      if ((await set.returning({ number: seasons.number })).length === 0) return;
      await tx.insert(seasons).values({ number: season + 1, started_at: endsAt });
    });
  }

  /** Waits for battles of the season that are being stored; those that come later count to the next. */
  async close(season: number, atMs: number): Promise<boolean> {
    return this.#db.transaction(async (tx) => {
      const isOpen = and(eq(seasons.number, season), isNull(seasons.closed_at));
      const [open] = await tx.select().from(seasons).where(isOpen).for('update');
      if (open?.ends_at == null) return false;
      await storePlaces(tx, season, activeSinceMs(open.ends_at.getTime()));
      await tx
        .update(seasons)
        .set({ closed_at: new Date(atMs) })
        .where(isOpen);
      return true;
    });
  }
}

/** Rows that one statement changes, which must end within the time limit of statements. */
const ROWS_AT_ONCE = 5_000;

/** Equal numbers share a place; who is in no list has none. */
async function storePlaces(tx: Database, season: number, sinceMs: number): Promise<void> {
  const { ladder, r } = ladderStandings;
  const since = gte(ladderStandings.last_at, new Date(sinceMs));
  const isIn = and(eq(ladderStandings.season, season), isListed, since);
  const numbers = await tx
    .select({ ladder, shown: r, count: sql<number>`count(*)::int` })
    .from(ladderStandings)
    .where(isIn)
    .groupBy(ladder, r)
    .orderBy(asc(ladder), desc(r));
  for (const batch of inBatches(withPlaces(numbers))) {
    const places = sql.join(
      batch.map((one) => sql`(${one.ladder}, ${one.shown}::int, ${one.place}::int)`),
      sql`, `,
    );
    await tx
      .update(ladderStandings)
      .set({ place: sql`placed.place` })
      .from(sql`(values ${places}) as placed (ladder, r, place)`)
      .where(and(isIn, sql`${ladder} = placed.ladder`, sql`${r} = placed.r`));
  }
}

interface Counted {
  readonly ladder: Ladder;
  readonly shown: number;
  readonly count: number;
}

/** `numbers`: by ladder, the highest first. */
function withPlaces(numbers: readonly Counted[]) {
  const above = new Map<Ladder, number>();
  return numbers.map((one) => {
    const before = above.get(one.ladder) ?? 0;
    above.set(one.ladder, before + one.count);
    return { ...one, place: before + 1 };
  });
}

function inBatches<T extends Counted>(numbers: readonly T[]): T[][] {
  const batches: T[][] = [];
  let rows = Infinity;
  for (const one of numbers) {
    if (rows + one.count > ROWS_AT_ONCE) {
      batches.push([]);
      rows = 0;
    }
    batches.at(-1)?.push(one);
    rows += one.count;
  }
  return batches;
}

function seasonOf(row: typeof seasons.$inferSelect): Season {
  return {
    number: row.number,
    startedAtMs: row.started_at.getTime(),
    endsAtMs: row.ends_at?.getTime() ?? null,
    closedAtMs: row.closed_at?.getTime() ?? null,
  };
}
