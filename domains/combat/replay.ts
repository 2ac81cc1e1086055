import {
  type Battle,
  type BattleEvent,
  type FighterSheet,
  type Input,
  forfeitReasons,
} from './battle.ts';
import type { ArchivedBattle, BattleSummary } from './battle-archive.ts';
import type { Resolved, Rules } from './rules/rules.ts';
import { rulesOf } from './rules/rules-of.ts';

/** An input, its events, and the battle after it. */
export interface ReplayStep {
  readonly input: Input;
  readonly events: readonly BattleEvent[];
  readonly battle: Battle;
}

/** All that determines a battle. */
export interface Replayable {
  readonly rules: number;
  readonly seed: string;
  readonly sheets: readonly [FighterSheet, FighterSheet];
  readonly inputs: readonly Input[];
}

/** Repeats a battle by the rules that it was fought by. Pure; raises UnknownRulesError. */
export function replay(record: Replayable): { steps: ReplayStep[]; battle: Battle } {
  const rules = rulesOf(record.rules);
  let battle = rules.startBattle(record.seed, record.sheets);
  const steps = record.inputs.map((input) => {
    const step = { input, ...resolved(rules, battle, input) };
    battle = step.battle;
    return step;
  });
  return { steps, battle };
}

function resolved(rules: Rules, battle: Battle, input: Input): Resolved {
  return input.kind === 'exchange'
    ? rules.resolveExchange(battle, input.moves)
    : rules.forfeit(battle, input.side, input.reason);
}

/** null: the stored inputs do not lead to the stored outcome. */
export function replayArchived(archived: ArchivedBattle): ReplayStep[] | null {
  try {
    const { steps, battle } = replay(archived);
    const { winner, reason } = archived.outcome;
    const { outcome } = battle;
    return outcome?.winner === winner && outcome.reason === reason ? steps : null;
  } catch {
    // Illegal moves or unknown rules.
    return null;
  }
}

type Ending = Pick<Extract<BattleSummary, { kind: 'whole' }>, 'turns' | 'reason'>;

/** How many exchanges were fought: a forfeit ends a turn before its exchange. */
export function exchangesIn({ turns, reason }: Ending): number {
  return forfeitReasons.some((one) => one === reason) ? turns - 1 : turns;
}
