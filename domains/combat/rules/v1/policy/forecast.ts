import type { Move, Side, TechniqueId } from '../../../battle.ts';
import { guards, zones } from '../choices.ts';
import { legalTechniques } from '../legal-moves.ts';
import type { PolicyView } from '../../policy.ts';

/** What the other side is expected to choose; the chances of each list sum to 1. */
export interface Forecast {
  /** In the order of `zones` and of `guards`. */
  readonly strikes: readonly number[];
  readonly guards: readonly number[];
  readonly techniques: readonly {
    readonly technique: TechniqueId | null;
    readonly chance: number;
  }[];
}

/** How somebody remembers what he saw. */
export interface Memory {
  /** How many of the last exchanges he remembers. */
  readonly span: number;
  /** What an exchange weighs against the one after it, of 1. */
  readonly fading: number;
  /** How many exchanges of pure chance what he has seen is weighed against. */
  readonly doubt: number;
}

/** Expects of the other side what it did of late. */
export function habitForecast(view: PolicyView, memory: Memory): Forecast {
  const moves = pastMoves(view).slice(-memory.span);
  return {
    strikes: habit(
      zones,
      moves.map(({ strike }) => strike),
      memory,
    ),
    guards: habit(
      guards,
      moves.map(({ guard }) => guard),
      memory,
    ),
    techniques: techniqueForecast(view, memory),
  };
}

/** The techniques that the other side can use, by how it used them so far. */
export function techniqueForecast(view: PolicyView, memory: Memory): Forecast['techniques'] {
  const options = [null, ...legalTechniques(view.battle, opponentOf(view))];
  const used = pastMoves(view)
    .slice(-memory.span)
    .map(({ technique }) => technique);
  const chances = habit(options, used, memory);
  return options.map((technique, index) => ({ technique, chance: chances[index] ?? 0 }));
}

function pastMoves(view: PolicyView): Move[] {
  const foe = opponentOf(view);
  return view.history.map((moves) => moves[foe]);
}

export function opponentOf({ side }: PolicyView): Side {
  return side === 0 ? 1 : 0;
}

/** The chances of options after a row of choices, the last one weighing most. */
function habit<T>(
  options: readonly T[],
  choices: readonly T[],
  { fading, doubt }: Memory,
): number[] {
  const counts = options.map(() => doubt / options.length);
  let weight = 1;
  for (const choice of choices.toReversed()) {
    const option = options.indexOf(choice);
    // What cannot be chosen any more tells nothing.
    if (option >= 0) counts[option] = (counts[option] ?? 0) + weight;
    weight *= fading;
  }
  return normal(counts);
}

/** The same weights with a sum of 1. */
export function normal(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
