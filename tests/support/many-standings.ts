import { sql } from 'drizzle-orm';
import { seasons } from '../../database/schema-ratings.ts';
import type { Database } from '../../database/database.ts';

export interface ManyStandings {
  readonly count: number;
  readonly season?: number;
  /** The end of everybody's latest rated battle. */
  readonly lastAtMs: number;
}

/**
 * A standing for each of the first characters, with the numbers 1000 to 2000 shared evenly, all of them listed; the
 * archetypes by turns. Later characters reached theirs later.
 */
export async function manyStandings(
  db: Database,
  { count, season = 0, lastAtMs }: ManyStandings,
): Promise<void> {
  await db
    .insert(seasons)
    .values({ number: season, started_at: new Date(0) })
    .onConflictDoNothing();
  const last = sql`${new Date(lastAtMs).toISOString()}::timestamptz`;
  await db.execute(sql`
    insert into ladder_standings (season, ladder, character_id, user_id, mu, sigma, r, peak, battles,
      opponents, lifetime, reached_at, last_at, league, archetype)
    select ${season}, 'duel', id, user_id, 25, 3, 1000 + id * 7919 % 1001, 2000, 30, 12, 30,
      ${last} - (${count}::int - id) * interval '1 second', ${last}, 'gold',
      (array['warrior', 'duelist', 'guardian', 'mystic'])[1 + id % 4]
    from characters where id <= ${count}`);
  await db.execute(sql`
    insert into ladder_bests (ladder, character_id, r, reached_at, archetype)
    select ladder, character_id, r, reached_at, archetype from ladder_standings
    where season = ${season} on conflict do nothing`);
}
