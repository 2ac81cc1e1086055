import { and, asc, eq, isNull, ne } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { LadderStanding } from '../domains/rating/standing.ts';
import { type High, higher, seasonHighs } from '../domains/rating/season-highs.ts';
import { standingOf } from './battle-rating.ts';
import type { Database } from './database.ts';
import { battleRatings, ladderBests, ladderStandings } from './schema-ratings.ts';

type RatingRow = typeof battleRatings.$inferSelect;

/** Once a battle is taken back, what it has led to is not the highest number any more. */
export async function lowerHighs(tx: Database, voided: RatingRow): Promise<void> {
  const { character_id, ladder } = ladderStandings;
  const isTheirs = and(eq(character_id, voided.character_id), eq(ladder, voided.ladder));
  const standings = (await tx.select().from(ladderStandings).where(isTheirs)).map(standingOf);
  const rated = await ratedBattles(tx, voided);
  let best: High | null = null;
  for (const standing of standings) {
    const { season } = standing;
    const highs = seasonHighs(
      standing,
      rated.filter((one) => one.season === season),
    );
    best = higher(best, highs.best);
    if (season === voided.season) await lowerPeak(tx, voided, { standing, peak: highs.peak });
  }
  await lowerBest(tx, voided, best);
}

/** Those of all seasons that are stored, in order. */
async function ratedBattles(tx: Database, { character_id, ladder }: RatingRow) {
  const other = alias(battleRatings, 'other');
  const { battle_id, side, season, mu_delta, ended_at } = battleRatings;
  const rows = await tx
    .select({ battle_id, season, mu_delta, ended_at, opponent: other.user_id })
    .from(battleRatings)
    .leftJoin(other, and(eq(other.battle_id, battle_id), ne(other.side, side)))
    .where(
      and(
        eq(battleRatings.character_id, character_id),
        eq(battleRatings.ladder, ladder),
        isNull(battleRatings.unrated),
      ),
    )
    .orderBy(asc(ended_at), asc(battle_id));
  return rows.map((row) => ({
    season: row.season,
    muDelta: row.mu_delta ?? 0,
    // One who was erased counts as somebody else.
    opponent: row.opponent === null ? row.battle_id : String(row.opponent),
    endedAtMs: row.ended_at.getTime(),
  }));
}

interface Peak {
  readonly standing: LadderStanding;
  readonly peak: number;
}

async function lowerPeak(tx: Database, voided: RatingRow, { standing, peak }: Peak): Promise<void> {
  if (peak >= standing.peak) return;
  const { season, ladder, character_id } = ladderStandings;
  await tx
    .update(ladderStandings)
    .set({ peak })
    .where(
      and(
        eq(season, voided.season),
        eq(ladder, voided.ladder),
        eq(character_id, voided.character_id),
      ),
    );
}

/** A number that was reached before the battle stays. */
async function lowerBest(tx: Database, voided: RatingRow, best: High | null): Promise<void> {
  const { ladder, character_id } = ladderBests;
  const isTheirs = and(eq(ladder, voided.ladder), eq(character_id, voided.character_id));
  const [stored] = await tx.select().from(ladderBests).where(isTheirs);
  if (stored === undefined || stored.reached_at < voided.ended_at) return;
  if (best === null) await tx.delete(ladderBests).where(isTheirs);
  else if (best.shown < stored.r) {
    const reached_at = new Date(best.reachedAtMs);
    await tx.update(ladderBests).set({ r: best.shown, reached_at }).where(isTheirs);
  }
}
