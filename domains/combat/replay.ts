import type { Battle, BattleEvent, Input, Outcome } from './battle.ts';
import type { ArchivedBattle, BattleSummary } from './battle-archive.ts';
import { replay as replayInputs } from './engine.ts';

/** One thing that was done in a battle, what came of it, and the battle after it. */
export interface ReplayStep {
  readonly input: Input;
  readonly events: readonly BattleEvent[];
  readonly battle: Battle;
}

/** The battle once more: the events of each exchange in turn, and how it ended. Pure. */
export function replay(archived: Pick<ArchivedBattle, 'rules' | 'seed' | 'sheets' | 'inputs'>): {
  readonly exchanges: BattleEvent[][];
  readonly steps: ReplayStep[];
  /** null where the inputs do not lead to an end: then the archive is damaged. */
  readonly outcome: Outcome | null;
} {
  const { battle, events, steps } = replayInputs(archived);
  return {
    exchanges: events,
    steps: archived.inputs.flatMap((input, index) => {
      const step = steps[index];
      return step === undefined ? [] : [{ input, ...step }];
    }),
    outcome: battle.outcome,
  };
}

/** What was done, step by step; null where it does not lead to the end that was stored. Pure. */
export function retell(archived: ArchivedBattle): ReplayStep[] | null {
  try {
    const { steps, outcome } = replay(archived);
    const { winner, reason } = archived.outcome;
    return outcome?.winner === winner && outcome.reason === reason ? steps : null;
  } catch {
    // Moves that nobody could have made: no exchange can be told by them.
    return null;
  }
}

/** Exchanges that were fought: whoever gives up does so before the next one. */
export function exchangesIn({
  turns,
  reason,
}: Pick<Extract<BattleSummary, { kind: 'whole' }>, 'turns' | 'reason'>): number {
  return reason === 'surrender' || reason === 'idle' ? turns - 1 : turns;
}
