import { type Battle, type Move, type Side, guards, zones } from '../battle.ts';
import { Dice, branchOff } from '../dice.ts';
import { type Memory, habitForecast } from './forecast.ts';
import type { Policy, PolicyView } from './policy.ts';
import { type Prospect, prospectsOf } from './prospects.ts';

const memory: Memory = { span: 4, fading: 0.8, doubt: 4 };
/** How many moves the Shadow thinks of before it plays the best of them. */
const THOUGHTS = 3;

/**
 * Some moves cross its mind, and it plays the best of them against what it saw of late: neither
 * a wall nor a die, and it can be read and surprised.
 */
export const shadowPolicy: Policy = (view) => {
  const prospects = prospectsOf(view, habitForecast(view, memory));
  let best = thought(prospects, view);
  for (let count = 1; count < THOUGHTS; count += 1) {
    const other = thought(prospects, view);
    if (other.worth > best.worth) best = other;
  }
  return best.move;
};

/** The Shadow's move in a battle. Its chance branches off the battle's own, so it replays. */
export function shadowMove(battle: Battle, side: Side, history: PolicyView['history']): Move {
  const dice = new Dice(branchOff(battle.chance, side));
  return shadowPolicy({ battle, side, history, roll: (sides) => dice.below(sides) });
}

function thought(
  prospects: readonly Prospect[],
  { roll }: PolicyView,
): { readonly move: Move; readonly worth: number } {
  const prospect = prospects[roll(prospects.length)];
  const zone = roll(zones.length);
  const guard = roll(guards.length);
  const move: Move = {
    strike: zones[zone] ?? 'chest',
    guard: guards[guard] ?? 'chest-belly',
    technique: prospect?.technique ?? null,
  };
  return { move, worth: (prospect?.strikes[zone] ?? 0) + (prospect?.guards[guard] ?? 0) };
}
