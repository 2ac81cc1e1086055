import { asc } from 'drizzle-orm';
import type { Database } from '../../database/database.ts';
import { battleRatings, ladderStandings } from '../../database/schema-ratings.ts';
import { battleSides, characters, pendingHandlers } from '../../database/schema.ts';
import { newcomer } from '../../domains/rating/standing.ts';
import { type Violation, violation } from './violation.ts';

export type RatingRow = typeof battleRatings.$inferSelect;
type StandingRow = typeof ladderStandings.$inferSelect;

const INVARIANT = 'every battle rated once';
/** What rounding to 1e-6 may add up to. */
const TOLERANCE = 1e-4;

export interface RatingsCheck {
  /** Battles with a rating change, and those that are not rated and say why. */
  readonly rated: number;
  readonly unrated: number;
  readonly violations: readonly Violation[];
}

/** Ratings against battles, once no handler is running. `isOlder`: of a release without ratings. */
export async function checkRatings(
  db: Database,
  isOlder: (battleId: string) => boolean,
): Promise<RatingsCheck> {
  const { battle_id, side } = battleRatings;
  const rows = await db.select().from(battleRatings).orderBy(asc(battle_id), asc(side));
  const standings = await db.select().from(ladderStandings);
  const pending = new Set((await db.select().from(pendingHandlers)).map((one) => one.battle_id));
  const due = (await duels(db)).filter((id) => !pending.has(id) && !isOlder(id));
  const known = new Set(
    (await db.select({ id: characters.id }).from(characters)).map(({ id }) => id),
  );
  return {
    rated: rows.filter(({ unrated }) => unrated === null).length / 2,
    unrated: rows.filter(({ unrated }) => unrated !== null).length / 2,
    violations: [
      ...missingIn(rows, due),
      ...rows.flatMap(rowViolations),
      ...[...known].flatMap((id) => recountViolations(id, rows, standings)),
    ],
  };
}

/** Battles of two people. */
async function duels(db: Database): Promise<string[]> {
  const sides = await db.select().from(battleSides);
  const people = sides.filter(({ character_id: id }) => id !== null).map((one) => one.battle_id);
  return people.filter((id, at) => people.indexOf(id) !== at);
}

function missingIn(rows: readonly RatingRow[], due: readonly string[]): Violation[] {
  const sidesOf = new Map<string, number>();
  for (const { battle_id: id } of rows) sidesOf.set(id, (sidesOf.get(id) ?? 0) + 1);
  return due
    .filter((id) => sidesOf.get(id) !== 2)
    .map((id) => violation(INVARIANT, `battle ${id} has ${sidesOf.get(id) ?? 0} rated sides`));
}

/** Both changes as stored, and the promise that a win never lowers the number. */
function rowViolations(row: RatingRow): Violation[] {
  if (row.unrated !== null) return [];
  const wrong = (detail: string) => violation(INVARIANT, `battle ${row.battle_id}: ${detail}`);
  const [mu, sigma] = [
    number(row.mu_after) - number(row.mu_before),
    number(row.sigma_after) - number(row.sigma_before),
  ];
  const points = number(row.r_after) - number(row.r_before);
  return [
    ...(isNear(mu, number(row.mu_delta)) ? [] : [wrong('mu is not its change')]),
    ...(isNear(sigma, number(row.sigma_delta)) ? [] : [wrong('sigma is not its change')]),
    ...(row.score === 1 && points < 0 ? [wrong('a win lowered the number')] : []),
    ...(row.score === 0 && points > 0 ? [wrong('a loss raised the number')] : []),
  ];
}

/** The present rating must be the start and all changes. For one season. */
export function recountViolations(
  charId: number,
  rows: readonly RatingRow[],
  standings: readonly StandingRow[],
): Violation[] {
  const own = rows.filter((one) => one.character_id === charId && one.unrated === null);
  const standing = standings.find((one) => one.character_id === charId);
  const wrong = (detail: string) => violation(INVARIANT, `character ${charId} ${detail}`);
  if (standing === undefined)
    return own.length === 0 ? [] : [wrong(`has ${own.length} rated battles and no rating`)];
  const mu = own.reduce((sum, one) => sum + number(one.mu_delta), newcomer.mu);
  const sigma = own.reduce((sum, one) => sum + number(one.sigma_delta), newcomer.sigma);
  const isRecount = isNear(standing.mu, mu) && isNear(standing.sigma, sigma);
  return [
    ...(isRecount
      ? []
      : [wrong(`is rated ${standing.mu}, ${standing.sigma}; its battles say ${mu}, ${sigma}`)]),
    ...(standing.lifetime === own.length
      ? []
      : [wrong(`counts ${standing.lifetime} of ${own.length} rated battles`)]),
  ];
}

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) < TOLERANCE;
}

function number(value: number | null): number {
  return value ?? NaN;
}
