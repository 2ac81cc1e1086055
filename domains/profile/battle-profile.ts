import {
  type AchievementKey,
  type AchievementRule,
  achievements,
} from '../../resources/numbers/achievements.ts';
import { archetypes } from '../account/account-context.ts';
import type { Side } from '../combat/battle.ts';
import type { ArchivedBattle } from '../combat/battle-archive.ts';
import type { BattleHandler } from '../combat/battle-handler.ts';
import { isDuel } from '../combat/side-kind.ts';
import {
  type CharacterCounts,
  added,
  countsOf,
  resultsIn,
  winsAgainst,
} from './character-counts.ts';
import { type DuelFacts, duelFacts, exchangesOf } from './duel-facts.ts';

/** What the database knows of a fighter before the duel is counted. */
export interface ProfileFacts {
  readonly charId: number;
  readonly counts: CharacterCounts;
  /**
   * Wins right before this duel and right after it, in a row, each up to LONGEST_STREAK: it may be counted after
   * later ones.
   */
  readonly streak: number;
  readonly granted: readonly AchievementKey[];
}

/** What a duel adds to the profile of a fighter. */
export interface ProfileChange {
  readonly charId: number;
  readonly battleId: string;
  readonly endedAtMs: number;
  readonly counts: CharacterCounts;
  readonly granted: readonly AchievementKey[];
}

/** A fighter after the duel. */
interface Duellist {
  readonly counts: CharacterCounts;
  readonly streak: number;
  /** Null: the battle cannot be replayed. */
  readonly duel: DuelFacts | null;
}

export const achievementKeys = Object.keys(achievements).filter(isAchievement);
/** No longer one grants anything. */
export const LONGEST_STREAK = Math.max(
  ...Object.values(achievements).map(({ kind, limit }) => (kind === 'streak' ? limit : 0)),
);

export function isAchievement(key: string): key is AchievementKey {
  return Object.hasOwn(achievements, key);
}

/** Counts a duel of two players and grants what it completes. */
export const battleProfileHandler: BattleHandler<
  readonly ProfileFacts[],
  readonly ProfileChange[]
> = {
  name: 'battle_profile',
  apply: (ended, before) => {
    if (!isDuel(ended)) return [];
    const fought = exchangesOf(ended);
    return before.flatMap((facts) => {
      const side = ended.sides[0].charId === facts.charId ? 0 : 1;
      if (ended.sides[side].charId !== facts.charId) return [];
      const duel = fought === null ? null : duelFacts(ended, fought, side);
      return [changeOf(ended, side, { facts, duel })];
    });
  },
};

function changeOf(
  ended: ArchivedBattle,
  side: Side,
  { facts, duel }: { readonly facts: ProfileFacts; readonly duel: DuelFacts | null },
): ProfileChange {
  const counts = countsOf(ended, side);
  const streak = ended.sides[side].result === 'won' ? facts.streak + 1 : 0;
  const after = { counts: added(facts.counts, counts), streak, duel };
  return {
    charId: facts.charId,
    battleId: ended.id,
    endedAtMs: ended.endedAtMs,
    counts,
    granted: isOfOneUser(ended) ? [] : newlyGranted(facts.granted, after),
  };
}

/** Nobody can help a second character of theirs. */
function isOfOneUser({ sides: [one, other] }: ArchivedBattle): boolean {
  return one.userId !== null && one.userId === other.userId;
}

function newlyGranted(known: readonly AchievementKey[], after: Duellist): AchievementKey[] {
  return achievementKeys.filter(
    (key) => !known.includes(key) && isGranted(achievements[key], after),
  );
}

function isGranted({ kind, limit }: AchievementRule, { counts, streak, duel }: Duellist): boolean {
  switch (kind) {
    case 'wins':
      return resultsIn(counts, 'won') >= limit;
    case 'duels':
      return (
        (['won', 'lost', 'drawn'] as const).reduce(
          (sum, result) => sum + resultsIn(counts, result),
          0,
        ) >= limit
      );
    case 'streak':
      return streak >= limit;
    case 'each_archetype':
      return archetypes.every((archetype) => winsAgainst(counts, archetype) >= limit);
    default:
      return duel?.isWon === true && isFeat(kind, limit, duel);
  }
}

type FeatKind = Exclude<AchievementRule['kind'], 'wins' | 'duels' | 'streak' | 'each_archetype'>;

/** Of a duel that was won. */
function isFeat(kind: FeatKind, limit: number, duel: DuelFacts): boolean {
  switch (kind) {
    case 'stronger':
      return duel.strongerPercent >= limit;
    case 'health_below':
      return duel.lowestHealth < limit;
    case 'knockout_unhurt':
      return duel.isKnockout && duel.healthLost <= limit;
    case 'knockout_by':
      return duel.isKnockout && duel.rounds <= limit;
    case 'rounds':
      return duel.rounds >= limit;
    case 'knockout_plain':
      return duel.isKnockout && duel.techniques <= limit;
    case 'parries':
      return duel.parries >= limit;
    case 'crits':
      return duel.crits >= limit;
    case 'one_zone':
      return duel.isKnockout && duel.zones === 1 && duel.rounds >= limit;
  }
}
