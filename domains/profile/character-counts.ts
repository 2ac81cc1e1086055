import { archetypes, type Archetype } from '../account/account-context.ts';
import { type Side, type Zone, zones } from '../combat/battle.ts';
import { type ArchivedBattle, type BattleResult, battleResults } from '../combat/battle-archive.ts';
import { otherSide } from '../combat/battle-session.ts';

/** Results against each archetype, and strikes at each zone, in duels against players. */
export const countKeys = [
  ...battleResults.flatMap((result) => archetypes.map((of) => `${result}.${of}` as const)),
  ...zones.map((zone) => `strike.${zone}` as const),
];
export type CountKey = (typeof countKeys)[number];
/** What is missing is 0. */
export type CharacterCounts = Readonly<Partial<Record<CountKey, number>>>;

/** What a duel adds. */
export function countsOf({ sides, sheets, inputs }: ArchivedBattle, side: Side): CharacterCounts {
  const counts: Partial<Record<CountKey, number>> = {};
  counts[`${sides[side].result}.${sheets[otherSide(side)].archetype}`] = 1;
  for (const input of inputs) {
    if (input.kind !== 'exchange') continue;
    const key = `strike.${input.moves[side].strike}` as const;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

export function added(one: CharacterCounts, other: CharacterCounts): CharacterCounts {
  const sums = countKeys.map((key) => [key, (one[key] ?? 0) + (other[key] ?? 0)] as const);
  return Object.fromEntries(sums.filter(([, count]) => count > 0));
}

export function winsAgainst(counts: CharacterCounts, archetype: Archetype): number {
  return counts[`won.${archetype}`] ?? 0;
}

/** Of all archetypes together. */
export function resultsIn(counts: CharacterCounts, result: BattleResult): number {
  return archetypes.reduce((sum, of) => sum + (counts[`${result}.${of}`] ?? 0), 0);
}

/** Null: no strikes are counted. */
export function favouriteZone(counts: CharacterCounts): { zone: Zone; percent: number } | null {
  const struck = zones.map((zone) => ({ zone, count: counts[`strike.${zone}`] ?? 0 }));
  const all = struck.reduce((sum, { count }) => sum + count, 0);
  const [most] = struck.toSorted((one, other) => other.count - one.count);
  if (most === undefined || all === 0) return null;
  return { zone: most.zone, percent: Math.round((100 * most.count) / all) };
}
