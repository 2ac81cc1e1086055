import type { Battle, FighterSheet, Move } from '../../domains/combat/battle.ts';
import { playDuel } from './play-duel.ts';
import type { Policy } from '../../domains/combat/rules/policy.ts';
import { randomPolicy } from '../../domains/combat/rules/v1/policy/random-policy.ts';
import { testSeed } from './combat-sheets.ts';

export interface Contender {
  readonly sheet: FighterSheet;
  readonly policy: Policy;
}

export interface Series {
  /** The first contender's share of victories; a draw counts half. */
  readonly winRate: number;
  readonly lengths: readonly number[];
  /** The share of the first contender's moves that use each strike, guard and technique. */
  readonly uses: ReadonlyMap<string, number>;
}

/** Seeded duels in which the contenders alternate sides. */
export function fightSeries(one: Contender, other: Contender, duels: number): Series {
  let won = 0;
  const lengths: number[] = [];
  const counts = new Map<string, number>();
  for (let n = 0; n < duels; n += 1) {
    const own = n % 2 === 0 ? 0 : 1;
    const [first, second] = own === 0 ? [one, other] : [other, one];
    const { battle, inputs } = playDuel({
      seed: testSeed(n),
      sheets: [first.sheet, second.sheet],
      policies: [first.policy, second.policy],
    });
    won += scoreOf(battle, own);
    lengths.push(battle.turn);
    for (const input of inputs) if (input.kind === 'exchange') tally(counts, input.moves[own]);
  }
  const played = lengths.reduce((sum, length) => sum + length, 0);
  return {
    winRate: won / duels,
    lengths: lengths.toSorted((a, b) => a - b),
    uses: new Map([...counts].map(([choice, count]) => [choice, count / played])),
  };
}

/** The value below which this share of ascending values lies. */
export function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.floor(share * (ascending.length - 1))] ?? Number.NaN;
}

/** Random moves, which follow the given habit in `outOfTen` of ten cases. */
export function habitualPolicy(habit: Partial<Move>, outOfTen: number): Policy {
  return (view) => {
    const move = randomPolicy(view);
    return view.roll(10) < outOfTen ? { ...move, ...habit } : move;
  };
}

function scoreOf({ outcome }: Battle, side: 0 | 1): number {
  if (outcome === null) throw new Error('the duel has not ended');
  if (outcome.winner === null) return 0.5;
  return outcome.winner === side ? 1 : 0;
}

function tally(counts: Map<string, number>, { strike, guard, technique }: Move): void {
  for (const choice of [strike, guard, technique ?? 'none']) {
    counts.set(choice, (counts.get(choice) ?? 0) + 1);
  }
}
