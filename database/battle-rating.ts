import { type SQL, and, asc, eq, getTableColumns, inArray, isNull, sql } from 'drizzle-orm';
import type { ArchivedBattle } from '../domains/combat/battle-archive.ts';
import { shownNumber } from '../domains/combat/battle-rating.ts';
import { isDuel } from '../domains/combat/side-kind.ts';
import { PAIR_WINDOW_H } from '../domains/core/pair-damping.ts';
import {
  type RatedSide,
  type RatingFacts,
  battleRatingHandler,
} from '../domains/rating/battle-rating.ts';
import { LEAST_BATTLES, LEAST_OPPONENTS } from '../domains/rating/ladder.ts';
import { type LadderStanding, ladderOf } from '../domains/rating/standing.ts';
import { rounded } from '../domains/rating/weng-lin.ts';
import { type HandlerRows, storedHandler } from './battle-handlers.ts';
import type { Database } from './database.ts';
import { isoTime } from './iso-time.ts';
import { battleRatings, ladderBests, ladderStandings, seasons } from './schema-ratings.ts';
import { characters } from './schema.ts';

const HOUR_MS = 3_600_000;

const rows: HandlerRows<RatingFacts | null, readonly RatedSide[]> = {
  read: async (tx, ended) => {
    if (!isDuel(ended)) return null;
    const facts = await battleFacts(tx, ended);
    const { season, known } = await sidesInSeason(tx, ended, await openSeason(tx, ended));
    const [one, other] = ended.sides.map(
      ({ charId }) => known.find((side) => side.charId === charId) ?? null,
    );
    return { ...facts, season, sides: [one ?? null, other ?? null] };
  },
  write: async (tx, rated) => {
    if (rated.length === 0) return;
    await tx.insert(battleRatings).values(rated.map(ratingRow));
    const standings = rated.flatMap(standingRow);
    if (standings.length === 0) return;
    const { season, ladder, character_id } = ladderStandings;
    const target = [season, ladder, character_id];
    await tx
      .insert(ladderStandings)
      .values(standings.map((one) => ({ ...one, ...factsOf(one.character_id) })))
      .onConflictDoUpdate({ target, set: newer });
    await raiseBests(tx, standings);
  },
};

export const battleRating = storedHandler(battleRatingHandler, rows);

/** Every column as the new row has it. */
const newer = Object.fromEntries(
  Object.values(getTableColumns(ladderStandings)).map(({ name }) => [
    name,
    sql`excluded.${sql.identifier(name)}`,
  ]),
);

/**
 * The first season that was not over when the battle ended and is not closed. It cannot be closed before this
 * transaction ends.
 */
async function openSeason(tx: Database, { endedAtMs }: ArchivedBattle): Promise<number> {
  const isRunning = sql`coalesce(${seasons.ends_at} > ${isoTime(endedAtMs)}::timestamptz, true)`;
  const [open] = await tx
    .select({ number: seasons.number })
    .from(seasons)
    .where(and(isNull(seasons.closed_at), isRunning))
    .orderBy(asc(seasons.number))
    .limit(1)
    .for('key share');
  if (open === undefined) throw new Error('no season is open');
  return open.number;
}

/** A battle that is rated late counts to the season in which one of its sides has fought already. */
async function sidesInSeason(tx: Database, ended: ArchivedBattle, open: number) {
  const known = await knownSides(tx, ended, open);
  const season = Math.max(open, ...known.map(({ standing }) => standing?.season ?? open));
  return { season, known: season === open ? known : await knownSides(tx, ended, season) };
}

async function battleFacts(tx: Database, ended: ArchivedBattle) {
  const isHandled = sql<boolean>`exists (select 1 from battle_ratings r
    where r.battle_id = ${ended.id})`.as('is_handled');
  const others = othersOfPair(ended).as('others');
  const facts = tx.select({ isHandled, othersOfPair: others });
  const [row] = await facts.from(sql`(select 1) one`);
  if (row === undefined) throw new Error('one row');
  return row;
}

/** Also those that ended later, should this battle be rated late. */
function othersOfPair({ id, sides, endedAtMs }: ArchivedBattle): SQL<number> {
  const [one, other] = sides.map(({ userId }) => userId);
  const windowMs = PAIR_WINDOW_H * HOUR_MS;
  return sql`(select count(*)::int ${ratedPair(sql`${one}::bigint`, sql`${other}::bigint`)}
    and a.battle_id <> ${id} and a.ended_at > ${isoTime(endedAtMs - windowMs)}::timestamptz
    and a.ended_at < ${isoTime(endedAtMs + windowMs)}::timestamptz)`;
}

/** The sides of characters that the database knows. */
async function knownSides(tx: Database, { sides, endedAtMs }: ArchivedBattle, season: number) {
  const [one, other] = sides;
  const opponentId = sql`case ${characters.id} when ${one.charId}::bigint
    then ${other.userId}::bigint else ${one.userId}::bigint end`;
  const known = await tx
    .select({
      charId: characters.id,
      standing: ladderStandings,
      hasMetOpponent: sql<boolean>`exists (select 1 ${ratedPair(sql`${characters.user_id}`, opponentId)}
        and a.character_id = ${characters.id} and a.season = ${season})`,
      isPaused: isPausedAt(endedAtMs),
    })
    .from(characters)
    .leftJoin(ladderStandings, isLatest)
    .where(inArray(characters.id, [one.charId ?? 0, other.charId ?? 0]));
  return known.map(({ standing, ...side }) => ({
    ...side,
    standing: standing === null ? null : standingOf(standing),
  }));
}

function isPausedAt(ms: number): SQL<boolean> {
  return sql<boolean>`exists (select 1 from bans n where n.user_id = ${characters.user_id} and n.rated_only
    and n.created_at <= ${isoTime(ms)}::timestamptz
    and (n.until is null or n.until > ${isoTime(ms)}::timestamptz))`;
}

/** Rated battles of one user, side `a`, against another. */
function ratedPair(one: SQL, other: SQL): SQL {
  return sql`from battle_ratings a
    join battle_ratings b on b.battle_id = a.battle_id and b.side <> a.side
    where a.user_id = ${one} and b.user_id = ${other} and a.unrated is null`;
}

/** Of the latest season in which the character was rated. */
export const isLatest = and(
  eq(ladderStandings.character_id, characters.id),
  eq(ladderStandings.ladder, ladderOf['1v1']),
  sql`${ladderStandings.season} = (select max(l.season) from ladder_standings l
    where l.character_id = ${characters.id} and l.ladder = ${ladderOf['1v1']})`,
);

export function standingOf(row: typeof ladderStandings.$inferSelect): LadderStanding {
  const { season, mu, sigma, peak, battles, opponents, lifetime, league } = row;
  const { reached_at, last_at } = row;
  const known = { season, mu, sigma, peak, battles, opponents, lifetime, league };
  return { ...known, reachedAtMs: reached_at.getTime(), lastAtMs: last_at.getTime() };
}

function ratingRow(rated: RatedSide): typeof battleRatings.$inferInsert {
  const { battleId, side, charId, userId, season, unrated, change } = rated;
  return {
    battle_id: battleId,
    side,
    character_id: charId,
    user_id: userId,
    season,
    unrated,
    ladder: ladderOf['1v1'],
    ended_at: new Date(rated.endedAtMs),
    ...(change === null ? {} : changeRow(change)),
  };
}

function changeRow({ weight, chance, score, before, after }: NonNullable<RatedSide['change']>) {
  return {
    weight,
    chance,
    score,
    lifetime: after.lifetime,
    mu_before: before.mu,
    mu_after: after.mu,
    mu_delta: rounded(after.mu - before.mu),
    sigma_before: before.sigma,
    sigma_after: after.sigma,
    sigma_delta: rounded(after.sigma - before.sigma),
    r_before: shownNumber(before.mu),
    r_after: shownNumber(after.mu),
    league_before: before.league,
    league_after: after.league,
  };
}

function standingRow({
  charId,
  userId,
  change,
}: RatedSide): (typeof ladderStandings.$inferInsert)[] {
  if (change === null || userId === null) return [];
  const { reachedAtMs, lastAtMs, ...after } = change.after;
  return [
    {
      ...after,
      ladder: ladderOf['1v1'],
      character_id: charId,
      user_id: userId,
      r: shownNumber(after.mu),
      reached_at: new Date(reachedAtMs),
      last_at: new Date(lastAtMs),
    },
  ];
}

/** What the lists need of a character. */
function factsOf(charId: number) {
  const of = (fact: SQL) => sql`(select ${fact} from characters where id = ${charId})`;
  return { archetype: of(sql`archetype`), listed: of(sql`deleted_at is null`) };
}

/** The highest numbers of all seasons, of those who fought enough in the season. */
async function raiseBests(
  tx: Database,
  standings: readonly (typeof ladderStandings.$inferInsert)[],
): Promise<void> {
  const counted = standings.filter(
    ({ battles, opponents }) => battles >= LEAST_BATTLES && opponents >= LEAST_OPPONENTS,
  );
  if (counted.length === 0) return;
  const bests = counted.map(({ ladder, character_id, r, reached_at }) => {
    return { ladder, character_id, r, reached_at, ...factsOf(character_id) };
  });
  const { ladder, character_id, r } = ladderBests;
  await tx
    .insert(ladderBests)
    .values(bests)
    .onConflictDoUpdate({
      target: [ladder, character_id],
      set: { r: sql`excluded.r`, reached_at: sql`excluded.reached_at` },
      setWhere: sql`${r} < excluded.r`,
    });
}
