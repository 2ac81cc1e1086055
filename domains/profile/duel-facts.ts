import type { BattleEvent, Side } from '../combat/battle.ts';
import type { ArchivedBattle } from '../combat/battle-archive.ts';
import { otherSide } from '../combat/battle-session.ts';
import { type ReplayStep, replayArchived } from '../combat/replay.ts';

/** How one side fought a duel, as achievements count it. */
export interface DuelFacts {
  readonly isWon: boolean;
  readonly isKnockout: boolean;
  readonly rounds: number;
  /** The least health after a round. */
  readonly lowestHealth: number;
  readonly healthLost: number;
  /** By how many percent the opponent's GearScore was higher; negative: it was lower. */
  readonly strongerPercent: number;
  /** How many moves had a technique. */
  readonly techniques: number;
  /** Blows of the opponent that were parried. */
  readonly parries: number;
  readonly crits: number;
  /** How many zones were struck at. */
  readonly zones: number;
}

/** The exchanges of a battle; null: it cannot be replayed. */
export function exchangesOf(ended: ArchivedBattle): readonly ReplayStep[] | null {
  return replayArchived(ended)?.filter(({ input }) => input.kind === 'exchange') ?? null;
}

export function duelFacts(
  ended: ArchivedBattle,
  fought: readonly ReplayStep[],
  side: Side,
): DuelFacts {
  const moves = fought.flatMap(({ input }) =>
    input.kind === 'exchange' ? [input.moves[side]] : [],
  );
  return {
    isWon: ended.outcome.winner === side,
    isKnockout: ended.outcome.reason === 'knockout',
    rounds: fought.length,
    lowestHealth: lowestHealth(fought, side),
    strongerPercent: strongerPercent(ended, side),
    techniques: moves.filter(({ technique }) => technique !== null).length,
    zones: new Set(moves.map(({ strike }) => strike)).size,
    ...eventFacts(
      fought.flatMap(({ events }) => events),
      side,
    ),
  };
}

function lowestHealth(fought: readonly ReplayStep[], side: Side): number {
  return Math.min(...fought.map(({ battle }) => battle.fighters[side].stats.hp.cur));
}

function strongerPercent({ sides }: ArchivedBattle, side: Side): number {
  return 100 * (sides[otherSide(side)].gs / Math.max(sides[side].gs, 1) - 1);
}

function eventFacts(events: readonly BattleEvent[], side: Side) {
  let [healthLost, parries, crits] = [0, 0, 0];
  for (const event of events) {
    if (event.kind !== 'blow' && event.kind !== 'counter') continue;
    const isOwn = event.side === side;
    if (!isOwn) healthLost += event.amount;
    if (event.kind === 'counter') continue;
    if (isOwn) crits += Number(event.crit);
    else parries += Number(event.result === 'parry');
  }
  return { healthLost, parries, crits };
}
