import {
  LEAVER_BATTLES,
  LEAVER_PAUSES_MIN,
  LEAVER_TURNS,
} from '../../resources/numbers/fair-play.ts';
import type { ArchivedBattle, BattleResult } from '../combat/battle-archive.ts';
import type { BattleHandler } from '../combat/battle-handler.ts';
import type { UnratedReason } from '../combat/battle-rating.ts';
import type { Outcome } from '../combat/battle.ts';

export { LEAVER_BATTLES as leaverBattles };

/** A battle as it ended for one side. */
export interface Ending {
  readonly reason: Outcome['reason'];
  readonly turns: number;
  readonly result: BattleResult;
}

/** Battles that are not rated for these reasons count too: who leaves early causes them. */
export const countedUnrated = [
  'few_moves',
  'short',
  'pair',
] as const satisfies readonly UnratedReason[];

/** What is known about a user before a battle that they left. */
export interface LeaverFacts {
  readonly userId: number;
  /** The latest battles that count, without this one. */
  readonly earlier: readonly Ending[];
}

/** Until then a user cannot search for rated battles. */
export interface LeaverPause {
  readonly userId: number;
  readonly untilMs: number;
}

/** Whether the side left the battle before its end. */
export function isLeft({ reason, turns, result }: Ending): boolean {
  if (result === 'won') return false;
  return reason === 'idle' || (reason === 'surrender' && turns <= LEAVER_TURNS);
}

/** The users who left the battle; nobody if it could not be a rated one for another reason. */
export function leaversOf({ sides, hadOutage, outcome, turns }: ArchivedBattle): number[] {
  const [one, other] = sides;
  const isOfTwo = one.userId !== null && other.userId !== null && one.userId !== other.userId;
  if (hadOutage || !isOfTwo) return [];
  return sides.flatMap(({ userId, result }) =>
    userId !== null && isLeft({ reason: outcome.reason, turns, result }) ? [userId] : [],
  );
}

export function pauseMinutes(leaves: number): number {
  return LEAVER_PAUSES_MIN[Math.min(leaves, LEAVER_PAUSES_MIN.length) - 1] ?? 0;
}

/** Pauses the users who left, for longer the more of their latest battles they left. */
export const leaverPauseHandler: BattleHandler<readonly LeaverFacts[], readonly LeaverPause[]> = {
  name: 'leaver_pause',
  apply: ({ endedAtMs }, before) =>
    before.flatMap(({ userId, earlier }) => {
      const latest = earlier.slice(0, LEAVER_BATTLES - 1);
      const minutes = pauseMinutes(1 + latest.filter(isLeft).length);
      return minutes === 0 ? [] : [{ userId, untilMs: endedAtMs + minutes * 60_000 }];
    }),
};
