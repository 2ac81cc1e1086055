import type { Battle, Move, Side } from '../../../battle.ts';
import { guards, zones } from '../choices.ts';
import { Dice, branchOff } from '../dice.ts';
import { type Memory, habitForecast } from './forecast.ts';
import type { Policy, PolicyView } from '../../policy.ts';
import { type Prospect, prospectsOf } from './prospects.ts';
import { randomPolicy } from './random-policy.ts';

const memory: Memory = { span: 4, fading: 0.8, doubt: 4 };

/**
 * The best of three random moves against the opponent's last choices: better than chance, but it
 * can be predicted and surprised.
 */
export const shadowPolicy: Policy = (view) => {
  const options = [randomPolicy(view), randomPolicy(view), randomPolicy(view)] as const;
  const techniques = [...new Set(options.map(({ technique }) => technique))];
  const prospects = prospectsOf(view, habitForecast(view, memory), techniques);
  const [first, second, third] = options;
  return better(better(first, second, prospects), third, prospects);
};

/** The random state is derived from that of the battle, so that replays repeat the move. */
export function shadowMove(battle: Battle, side: Side, history: PolicyView['history']): Move {
  const dice = new Dice(branchOff(battle.chance, side));
  return shadowPolicy({ battle, side, history, roll: (sides) => dice.below(sides) });
}

function better(one: Move, other: Move, prospects: readonly Prospect[]): Move {
  return worthOf(other, prospects) > worthOf(one, prospects) ? other : one;
}

function worthOf({ strike, guard, technique }: Move, prospects: readonly Prospect[]): number {
  const prospect = prospects.find((each) => each.technique === technique);
  const struck = prospect?.strikes[zones.indexOf(strike)] ?? 0;
  return struck + (prospect?.guards[guards.indexOf(guard)] ?? 0);
}
