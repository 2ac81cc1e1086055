import type {
  Battle,
  BattleEvent,
  FighterSheet,
  Input,
  Move,
} from '../../domains/combat/battle.ts';
import { Dice, branchOff, chanceFrom } from '../../domains/combat/rules/v1/dice.ts';
import { resolveExchange, startBattle } from '../../domains/combat/rules/v1/engine.ts';
import type { Policy } from '../../domains/combat/rules/policy.ts';

export interface Duel {
  readonly battle: Battle;
  readonly inputs: readonly Input[];
  readonly events: readonly BattleEvent[][];
}

/** Fights a battle to its end; all random choices of the policies depend on the seed. */
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
  const first = rollsOf(seed, 0);
  const second = rollsOf(seed, 1);
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

function rollsOf(seed: string, branch: number): (sides: number) => number {
  const dice = new Dice(branchOff(chanceFrom(seed), branch));
  return (sides) => dice.below(sides);
}
