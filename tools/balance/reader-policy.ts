import type { Move } from '../../domains/combat/battle.ts';
import { guards, zones } from '../../domains/combat/rules/v1/choices.ts';
import { legalTechniques } from '../../domains/combat/rules/v1/legal-moves.ts';
import type { Policy } from '../../domains/combat/rules/policy.ts';
import { type Prospect, prospectsOf } from '../../domains/combat/rules/v1/policy/prospects.ts';
import { theoryForecast } from './theory-forecast.ts';

/** Moves whose worth differs by less, in points of health, are chosen at random. */
const INDIFFERENCE = 1;
const STEPS = 1000;

/** Learns the opponent's habits and plays the best answer to them. */
export const readerPolicy: Policy = (view) => {
  const toss = () => (view.roll(STEPS) / STEPS) * INDIFFERENCE;
  const techniques = [null, ...legalTechniques(view.battle, view.side)];
  return bestMove(prospectsOf(view, theoryForecast(view), techniques), toss);
};

/** The move of the highest worth; `toss` is added to the worth of each strike and guard. */
function bestMove(prospects: readonly Prospect[], toss: () => number): Move {
  let best: Move = { strike: 'chest', guard: 'chest-belly', technique: null };
  let highest = -Infinity;
  for (const prospect of prospects) {
    const strike = highestOf(zones, prospect.strikes, toss);
    const guard = highestOf(guards, prospect.guards, toss);
    if (strike.value + guard.value <= highest) continue;
    highest = strike.value + guard.value;
    best = { strike: strike.option, guard: guard.option, technique: prospect.technique };
  }
  return best;
}

function highestOf<T>(
  options: readonly [T, ...T[]],
  values: readonly number[],
  toss: () => number,
): { readonly option: T; readonly value: number } {
  let best = { option: options[0], value: -Infinity };
  for (const [index, option] of options.entries()) {
    const value = (values[index] ?? 0) + toss();
    if (value > best.value) best = { option, value };
  }
  return best;
}
