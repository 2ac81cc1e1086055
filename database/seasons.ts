import { type SQL, and, asc, eq, isNull, sql } from 'drizzle-orm';
import { ACTIVE_DAYS } from '../resources/numbers/rating.ts';
import type { Season, SeasonStore } from '../domains/rating/season.ts';
import type { Database } from './database.ts';
import { isListed, seasons } from './schema-ratings.ts';

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
      await tx.execute(storePlaces(season, open.ends_at));
      await tx
        .update(seasons)
        .set({ closed_at: new Date(atMs) })
        .where(isOpen);
      return true;
    });
  }
}

/** Equal numbers share a place; who is in no list has none. */
function storePlaces(season: number, endedAt: Date): SQL {
  return sql`update ladder_standings s set place = ranked.place from (
      select ladder, character_id, rank() over (partition by ladder order by r desc) as place
      from ladder_standings where season = ${season} and ${isListed}
        and last_at >= ${endedAt.toISOString()}::timestamptz - interval '${sql.raw(`${ACTIVE_DAYS} days`)}'
    ) ranked
    where s.season = ${season} and s.ladder = ranked.ladder
      and s.character_id = ranked.character_id`;
}

function seasonOf(row: typeof seasons.$inferSelect): Season {
  return {
    number: row.number,
    startedAtMs: row.started_at.getTime(),
    endsAtMs: row.ends_at?.getTime() ?? null,
    closedAtMs: row.closed_at?.getTime() ?? null,
  };
}
