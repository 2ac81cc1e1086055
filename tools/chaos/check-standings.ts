import { asc } from 'drizzle-orm';
import { LEAST_BATTLES, LEAST_OPPONENTS } from '../../resources/numbers/rating.ts';
import type { Database } from '../../database/database.ts';
import {
  battleRatings,
  ladderBests,
  ladderStandings,
  seasons,
} from '../../database/schema-ratings.ts';
import { leagueAfter } from '../../domains/rating/league.ts';
import { activeSinceMs } from '../../domains/rating/ladder.ts';
import { isSame } from './is-same.ts';
import { type Violation, violation } from './violation.ts';

type RatingRow = typeof battleRatings.$inferSelect;
type StandingRow = typeof ladderStandings.$inferSelect;
type Recount = ReturnType<typeof recountOf>;

const INVARIANT = 'every standing recounted';

/** Standings, best numbers and final places against rated battles, once no handler is running. */
export async function checkStandings(db: Database): Promise<Violation[]> {
  const rows = await db.select().from(battleRatings).orderBy(asc(battleRatings.lifetime));
  const rated = rows.filter(({ unrated }) => unrated === null);
  const standings = await db.select().from(ladderStandings);
  const bests = new Map(
    (await db.select().from(ladderBests)).map((one) => [one.character_id, one.r] as const),
  );
  const counted = standings.map((one) => recountOf(one, rated));
  return [
    ...standings.flatMap((one, at) => differences(one, counted[at])),
    ...missing(standings, rated),
    ...bestViolations(standings, counted, bests),
    ...(await placeViolations(db, standings)),
  ];
}

function recountOf({ season, character_id: id }: StandingRow, rated: readonly RatingRow[]) {
  const own = rated.filter((one) => one.season === season && one.character_id === id);
  const opponents = new Set<number | null>();
  let league: StandingRow['league'] = null;
  let best: number | null = null;
  for (const [at, { battle_id, side, r_after, lifetime }] of own.entries()) {
    const other = rated.find((one) => one.battle_id === battle_id && one.side !== side);
    opponents.add(other?.user_id ?? null);
    const shown = r_after ?? NaN;
    league = leagueAfter(league, { shown, lifetime: lifetime ?? NaN });
    const isCounted = at + 1 >= LEAST_BATTLES && opponents.size >= LEAST_OPPONENTS;
    if (isCounted) best = Math.max(best ?? shown, shown);
  }
  const last = own.at(-1);
  const facts = { battles: own.length, opponents: opponents.size, league };
  return { best, facts: { ...facts, r: last?.r_after ?? null, lifetime: last?.lifetime ?? null } };
}

function differences(standing: StandingRow, recount: Recount | undefined): Violation[] {
  const { season, character_id, battles, opponents, league, r, lifetime } = standing;
  const stored = { battles, opponents, league, r, lifetime };
  if (isSame(stored, recount?.facts)) return [];
  const [has, fought] = [JSON.stringify(stored), JSON.stringify(recount?.facts)];
  return [
    violation(INVARIANT, `character ${character_id} in season ${season} has ${has}, not ${fought}`),
  ];
}

function missing(standings: readonly StandingRow[], rated: readonly RatingRow[]): Violation[] {
  const keyOf = (one: Pick<StandingRow, 'season' | 'character_id'>) =>
    `character ${one.character_id} in season ${one.season}`;
  const known = new Set(standings.map(keyOf));
  const lacking = new Set(rated.map(keyOf).filter((key) => !known.has(key)));
  return [...lacking].map((key) => violation(INVARIANT, `${key} has battles and no standing`));
}

function bestViolations(
  standings: readonly StandingRow[],
  counted: readonly Recount[],
  bests: ReadonlyMap<number, number>,
): Violation[] {
  const due = new Map<number, number>();
  for (const [at, { character_id: id }] of standings.entries()) {
    const best = counted[at]?.best ?? null;
    if (best !== null) due.set(id, Math.max(due.get(id) ?? best, best));
  }
  return [...new Set([...due.keys(), ...bests.keys()])]
    .filter((id) => due.get(id) !== bests.get(id))
    .map((id) => {
      const detail = `character ${id} has ${bests.get(id) ?? 'no number'} as the best number`;
      return violation(INVARIANT, `${detail}, not ${due.get(id) ?? 'none'}`);
    });
}

/** Who was deleted since may have a place. */
async function placeViolations(
  db: Database,
  standings: readonly StandingRow[],
): Promise<Violation[]> {
  const closed = (await db.select().from(seasons)).filter((one) => one.closed_at !== null);
  return closed.flatMap(({ number, ends_at }) => {
    const sinceMs = activeSinceMs(ends_at?.getTime() ?? NaN);
    const all = standings.filter(({ season }) => season === number);
    const placed = all.filter(({ place }) => place !== null);
    const isDue = (one: StandingRow) =>
      one.battles >= LEAST_BATTLES &&
      one.opponents >= LEAST_OPPONENTS &&
      one.last_at.getTime() >= sinceMs;
    const isWrong = (one: StandingRow) =>
      one.place === null
        ? one.listed && isDue(one)
        : !isDue(one) || one.place !== 1 + placed.filter(({ r }) => r > one.r).length;
    return all.filter(isWrong).map(({ character_id, place }) => {
      const detail = `character ${character_id} has place ${String(place)} in season ${number}`;
      return violation(INVARIANT, detail);
    });
  });
}
