import { and, eq, isNull, max, ne, sql } from 'drizzle-orm';
import { shownNumber } from '../domains/combat/battle-rating.ts';
import { rounded } from '../domains/rating/weng-lin.ts';
import type { Database } from './database.ts';
import { lockCharacters } from './lock-characters.ts';
import { lowerHighs } from './lower-highs.ts';
import { battleRatings, ladderStandings } from './schema-ratings.ts';

type RatingRow = typeof battleRatings.$inferSelect;

/** What was taken back of one side. */
export interface UndoneChange {
  readonly character: number;
  readonly mu: number;
  readonly sigma: number;
}

/** Under the locks under which battles are rated. The changes, or why there are none to take back. */
export async function voidRating(
  tx: Database,
  battleId: string,
): Promise<readonly UndoneChange[] | 'unrated' | 'old'> {
  const isRated = and(eq(battleRatings.battle_id, battleId), isNull(battleRatings.unrated));
  const known = await tx.select().from(battleRatings).where(isRated);
  await lockCharacters(
    tx,
    known.map((one) => one.character_id),
  );
  // Read again under the locks: of two operators at once one takes it back.
  const rated = await tx.select().from(battleRatings).where(isRated);
  if (rated.length === 0) return 'unrated';
  for (const one of rated) if (await isOld(tx, one)) return 'old';
  await tx.update(battleRatings).set(nothing).where(isRated);
  for (const one of rated) {
    await undo(tx, one);
    await lowerHighs(tx, one);
  }
  return rated.map(({ character_id: character, mu_delta, sigma_delta }) => {
    return { character, mu: mu_delta ?? 0, sigma: sigma_delta ?? 0 };
  });
}

/** The row stays and says why the battle is not rated. */
const nothing = {
  unrated: 'void',
  weight: null,
  chance: null,
  score: null,
  lifetime: null,
  mu_before: null,
  mu_after: null,
  mu_delta: null,
  sigma_before: null,
  sigma_after: null,
  sigma_delta: null,
  r_before: null,
  r_after: null,
} as const;

/** A later season began with the rating that this battle was part of. */
async function isOld(tx: Database, { character_id, ladder, season }: RatingRow): Promise<boolean> {
  const { character_id: of, ladder: on } = ladderStandings;
  const [row] = await tx
    .select({ season: max(ladderStandings.season) })
    .from(ladderStandings)
    .where(and(eq(of, character_id), eq(on, ladder)));
  return (row?.season ?? season) > season;
}

async function undo(tx: Database, row: RatingRow): Promise<void> {
  const { season, ladder, character_id, mu_delta, sigma_delta } = row;
  const isTheirs = and(
    eq(ladderStandings.season, season),
    eq(ladderStandings.ladder, ladder),
    eq(ladderStandings.character_id, character_id),
  );
  const [standing] = await tx.select().from(ladderStandings).where(isTheirs);
  if (standing === undefined) return;
  // Without a rated battle the season has not begun for the character.
  if (standing.battles === 1) await tx.delete(ladderStandings).where(isTheirs);
  else {
    const mu = rounded(standing.mu - (mu_delta ?? 0));
    const r = shownNumber(mu);
    const changed = { mu, r, peak: Math.max(standing.peak, r) };
    const sigma = rounded(standing.sigma - (sigma_delta ?? 0));
    const counted = { battles: standing.battles - 1, lifetime: standing.lifetime - 1 };
    const opponents = await opponentsOf(tx, row);
    await tx
      .update(ladderStandings)
      .set({ ...changed, sigma, ...counted, opponents })
      .where(isTheirs);
  }
}

/** How many users the character's rated battles of the season were against. */
async function opponentsOf(tx: Database, { season, character_id }: RatingRow): Promise<number> {
  const own = tx
    .select({ id: battleRatings.battle_id })
    .from(battleRatings)
    .where(
      and(
        eq(battleRatings.character_id, character_id),
        eq(battleRatings.season, season),
        isNull(battleRatings.unrated),
      ),
    );
  const [row] = await tx
    .select({ count: sql<number>`count(distinct ${battleRatings.user_id})::int` })
    .from(battleRatings)
    .where(
      and(sql`${battleRatings.battle_id} in ${own}`, ne(battleRatings.character_id, character_id)),
    );
  return Math.max(1, row?.count ?? 1);
}
