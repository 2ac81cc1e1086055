import type { Battle, BattleEvent, FighterSheet, Input, Move } from './battle.ts';
import { branchOff, chanceFrom, diceFrom } from './dice.ts';
import { resolveExchange, startBattle } from './engine.ts';
import type { Policy } from './policy/policy.ts';

export interface Duel {
  readonly battle: Battle;
  readonly inputs: readonly Input[];
  /** Those of each exchange in turn. */
  readonly events: readonly BattleEvent[][];
}

/** Two minds fight a battle to its end; the seed decides everything that they leave to chance. */
export function playDuel({
  seed,
  sheets,
  policies,
}: {
  readonly seed: string;
  readonly sheets: readonly [FighterSheet, FighterSheet];
  readonly policies: readonly [Policy, Policy];
}): Duel {
  let battle = startBattle(seed, sheets);
  const history: [Move, Move][] = [];
  const events: BattleEvent[][] = [];
  const rolls = ([0, 1] as const).map((side) => diceFrom(branchOff(chanceFrom(seed), side)).below);
  const [first = () => 0, second = () => 0] = rolls;
  while (battle.outcome === null) {
    const moves: [Move, Move] = [
      policies[0]({ battle, side: 0, history, roll: first }),
      policies[1]({ battle, side: 1, history, roll: second }),
    ];
    const resolved = resolveExchange(battle, moves);
    battle = resolved.battle;
    history.push(moves);
    events.push(resolved.events);
  }
  const inputs = history.map((moves): Input => ({ kind: 'exchange', moves }));
  return { battle, inputs, events };
}
