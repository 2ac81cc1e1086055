import type { Battle, BattleEvent, FighterSheet, Input, Outcome } from './battle.ts';
import type { ArchivedBattle, BattleSummary } from './battle-archive.ts';
import type { Resolved, Rules } from './rules/rules.ts';
import { rulesOf } from './rules/rules-of.ts';

/** One thing that was done in a battle, what came of it, and the battle after it. */
export interface ReplayStep {
  readonly input: Input;
  readonly events: readonly BattleEvent[];
  readonly battle: Battle;
}

/** All that a battle is. */
export interface Replayable {
  readonly rules: number;
  readonly seed: string;
  readonly sheets: readonly [FighterSheet, FighterSheet];
  readonly inputs: readonly Input[];
}

/**
 * The battle once more, by the rules that it was fought by: the events of each exchange in turn, and
 * how it ended. Pure; raises UnknownRulesError.
 */
export function replay(record: Replayable): {
  readonly exchanges: BattleEvent[][];
  readonly steps: ReplayStep[];
  readonly battle: Battle;
  /** null where the inputs do not lead to an end: then the archive is damaged. */
  readonly outcome: Outcome | null;
} {
  const rules = rulesOf(record.rules);
  let battle = rules.startBattle(record.seed, record.sheets);
  const steps = record.inputs.map((input) => {
    const step = { input, ...resolved(rules, battle, input) };
    battle = step.battle;
    return step;
  });
  return { exchanges: steps.map(({ events }) => events), steps, battle, outcome: battle.outcome };
}

function resolved(rules: Rules, battle: Battle, input: Input): Resolved {
  return input.kind === 'exchange'
    ? rules.resolveExchange(battle, input.moves)
    : rules.forfeit(battle, input.side, input.reason);
}

/** What was done, step by step; null where it does not lead to the end that was stored. Pure. */
export function replayArchived(archived: ArchivedBattle): ReplayStep[] | null {
  try {
    const { steps, outcome } = replay(archived);
    const { winner, reason } = archived.outcome;
    return outcome?.winner === winner && outcome.reason === reason ? steps : null;
  } catch {
    // Moves that nobody could have made, or rules that nobody knows: no exchange can be told by them.
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
