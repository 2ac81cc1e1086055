import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { PgInsertValue } from 'drizzle-orm/pg-core';
import { shownNumber } from '../domains/combat/battle-rating.ts';
import type { Kept } from '../domains/privacy/kept.ts';
import { type Ladder, ladders } from '../domains/rating/standing.ts';
import type { Database } from './database.ts';
import type { KeptPart } from './kept-part.ts';
import { pauseRow } from './leaver-pause.ts';
import { leaverPauses } from './schema-fair-play.ts';
import { ladderStandings } from './schema-ratings.ts';
import { characters } from './schema.ts';

export const keptPause: KeptPart = {
  async collect(tx, userId) {
    const isTheirs = eq(leaverPauses.user_id, userId);
    const [row] = await tx.select().from(leaverPauses).where(isTheirs);
    return row === undefined ? {} : { leaverPauseUntilMs: row.until_at.getTime() };
  },
  async restore(tx, userId, { leaverPauseUntilMs: untilMs, ...rest }) {
    if (untilMs === undefined) return rest;
    const row = pauseRow(userId, untilMs);
    await tx.insert(leaverPauses).values(row).onConflictDoNothing();
    return rest;
  },
};

type KeptRating = NonNullable<Kept['ratings']>[number];

/** The ratings of characters that were not deleted. They are given to new characters; see `giveRating`. */
export const keptRatings: KeptPart = {
  async collect(tx, userId, { ratings: notGiven = [] }) {
    const ratings = [...(await ratingsOf(tx, userId)), ...notGiven];
    return ratings.length === 0 ? {} : { ratings: ratings.toSorted((a, b) => b.mu - a.mu) };
  },
  restore: (_tx, _userId, kept) => Promise.resolve(kept),
};

/** Gives a new character the best rating that is kept; answers what has to be kept further. */
export async function giveRating(
  tx: Database,
  { userId, charId }: { readonly userId: number; readonly charId: number },
  { ratings = [], ...rest }: Kept,
): Promise<Kept> {
  const [best, ...others] = ratings;
  if (best === undefined) return rest;
  const ladder = ladders.find((one) => one === best.ladder);
  if (ladder !== undefined)
    await tx.insert(ladderStandings).values(standingOf(best, { ladder, userId, charId }));
  return others.length === 0 ? rest : { ...rest, ratings: others };
}

/** The latest one of each character. */
async function ratingsOf(tx: Database, userId: number): Promise<KeptRating[]> {
  const { character_id, ladder, season, mu, sigma, battles, lifetime } = ladderStandings;
  return tx
    .selectDistinctOn([character_id, ladder], { ladder, season, mu, sigma, battles, lifetime })
    .from(ladderStandings)
    .innerJoin(characters, eq(characters.id, character_id))
    .where(and(eq(characters.user_id, userId), isNull(characters.deleted_at)))
    .orderBy(character_id, ladder, desc(season));
}

interface Given {
  readonly ladder: Ladder;
  readonly userId: number;
  readonly charId: number;
}

/** Counts opponents from the start: those of erased battles are not known. */
function standingOf(
  { season, mu, sigma, battles, lifetime }: KeptRating,
  { ladder, userId, charId }: Given,
): PgInsertValue<typeof ladderStandings> {
  const shown = shownNumber(mu);
  return {
    season,
    ladder,
    character_id: charId,
    user_id: userId,
    mu,
    sigma,
    battles,
    lifetime,
    r: shown,
    peak: shown,
    opponents: 1,
    reached_at: sql`now()`,
    last_at: sql`now()`,
  };
}
