import type { Move } from '../../../battle.ts';
import { guards, zones } from '../choices.ts';
import { legalTechniques } from '../legal-moves.ts';
import type { Policy } from '../../policy.ts';
import { type Prospect, prospectsOf } from './prospects.ts';
import { theoryForecast } from './theories.ts';

/** Moves that differ by less than this, in points of health, are chosen by a toss. */
const INDIFFERENCE = 1;
const STEPS = 1000;

/** Learns the other side's habits and plays the best answer to them. */
export const readerPolicy: Policy = (view) => {
  const toss = () => (view.roll(STEPS) / STEPS) * INDIFFERENCE;
  const techniques = [null, ...legalTechniques(view.battle, view.side)];
  return bestMove(prospectsOf(view, theoryForecast(view), techniques), toss);
};

/** The move of the highest worth, each strike's and guard's worth moved by `toss`. */
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
