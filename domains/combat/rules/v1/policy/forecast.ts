import type { Move, Side, TechniqueId } from '../../../battle.ts';
import { guards, zones } from '../choices.ts';
import { legalTechniques } from '../legal-moves.ts';
import type { PolicyView } from '../../policy.ts';

/** Expected choices of the opponent; the chances of each list sum to 1. */
export interface Forecast {
  /** In the order of `zones` and of `guards`. */
  readonly strikes: readonly number[];
  readonly guards: readonly number[];
  readonly techniques: readonly {
    readonly technique: TechniqueId | null;
    readonly chance: number;
  }[];
}

export interface Memory {
  /** How many of the last exchanges are remembered. */
  readonly span: number;
  /** Weight of an exchange relative to the next one. */
  readonly fading: number;
  /** Weight of uniform chance, in exchanges. */
  readonly doubt: number;
}

/** Expects the opponent to repeat its last choices. */
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

/** The legal techniques of the opponent, by how often it used them. */
export function techniqueForecast(view: PolicyView, memory: Memory): Forecast['techniques'] {
  const options = [null, ...legalTechniques(view.battle, opponentOf(view))];
  const used = pastMoves(view)
    .slice(-memory.span)
    .map(({ technique }) => technique);
  const chances = habit(options, used, memory);
  return options.map((technique, index) => ({ technique, chance: chances[index] ?? 0 }));
}

function pastMoves(view: PolicyView): Move[] {
  const opponent = opponentOf(view);
  return view.history.map((moves) => moves[opponent]);
}

export function opponentOf({ side }: PolicyView): Side {
  return side === 0 ? 1 : 0;
}

/** Chances of the options after these choices; later ones weigh more. */
function habit<T>(
  options: readonly T[],
  choices: readonly T[],
  { fading, doubt }: Memory,
): number[] {
  const counts = options.map(() => doubt / options.length);
  let weight = 1;
  for (const choice of choices.toReversed()) {
    const option = options.indexOf(choice);
    // An option that is not legal now is left out.
    if (option >= 0) counts[option] = (counts[option] ?? 0) + weight;
    weight *= fading;
  }
  return normal(counts);
}

/** Scales the weights to a sum of 1. */
export function normal(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
