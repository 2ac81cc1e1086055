import { type Move, type Side, type TechniqueId, guards, zones } from '../battle.ts';
import { legalTechniques } from '../legal-moves.ts';
import type { PolicyView } from './policy.ts';

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

/** How somebody learns from what he saw. */
export interface Memory {
  /** How many of the last exchanges he remembers. */
  readonly span: number;
  /** What an exchange weighs against the one after it, of 1. */
  readonly fading: number;
  /** How much what followed upon the same move before counts on top. */
  readonly sequence: number;
  /** What he has seen nothing of yet weighs as much as this many exchanges. */
  readonly doubt: number;
}

export function forecastOf(view: PolicyView, memory: Memory): Forecast {
  const foe: Side = view.side === 0 ? 1 : 0;
  const moves = view.history.slice(-memory.span).map((pair) => pair[foe]);
  const weights = weightsOf(moves, memory);
  const tally = <T>(options: readonly T[], chosen: (move: Move) => T): number[] => {
    const counts = options.map(() => memory.doubt / options.length);
    for (const [index, move] of moves.entries()) {
      const option = options.indexOf(chosen(move));
      counts[option] = (counts[option] ?? 0) + (weights[index] ?? 0);
    }
    return shares(counts);
  };
  const techniques = [null, ...legalTechniques(view.battle, foe)];
  const chances = tally(techniques, ({ technique }) =>
    techniques.includes(technique) ? technique : null,
  );
  return {
    strikes: tally(zones, ({ strike }) => strike),
    guards: tally(guards, ({ guard }) => guard),
    techniques: techniques.map((technique, index) => ({ technique, chance: chances[index] ?? 0 })),
  };
}

/** Late moves weigh more than early ones, and moves that followed upon one like the last, more yet. */
function weightsOf(moves: readonly Move[], { fading, sequence }: Memory): number[] {
  const last = moves.at(-1);
  const weights: number[] = [];
  let weight = 1;
  for (let index = moves.length - 1; index >= 0; index -= 1) {
    const before = moves[index - 1];
    const alike = before !== undefined && last !== undefined && before.strike === last.strike;
    weights.unshift(weight * (alike ? 1 + sequence : 1));
    weight *= fading;
  }
  return weights;
}

function shares(counts: readonly number[]): number[] {
  const sum = counts.reduce((total, count) => total + count, 0);
  return counts.map((count) => count / sum);
}
