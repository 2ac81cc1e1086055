import { shownNumber } from '../combat/battle-rating.ts';
import { LEAST_BATTLES, LEAST_OPPONENTS } from './ladder.ts';
import type { LadderStanding } from './standing.ts';
import { rounded } from './weng-lin.ts';

/** A rated battle of a season that is stored. */
export interface StoredBattle {
  readonly muDelta: number;
  readonly opponent: string;
  readonly endedAtMs: number;
}

export interface High {
  readonly shown: number;
  readonly reachedAtMs: number;
}

export interface SeasonHighs {
  readonly peak: number;
  /** The highest with enough battles and opponents; null: there were never enough. */
  readonly best: High | null;
}

type Standing = Pick<LadderStanding, 'mu' | 'peak' | 'battles' | 'reachedAtMs'>;

/**
 * What the battles of a season, in order, have reached. If some are not stored any more the peak is theirs, as nobody
 * knows what they have reached.
 */
export function seasonHighs(standing: Standing, battles: readonly StoredBattle[]): SeasonHighs {
  const { peak, reachedAtMs } = standing;
  if (battles.length !== standing.battles)
    return { peak, best: standing.battles < LEAST_BATTLES ? null : { shown: peak, reachedAtMs } };
  const numbers = numbersOf(standing.mu, battles);
  const opponents = new Set<string>();
  let best: High | null = null;
  for (const [at, { opponent, endedAtMs }] of battles.entries()) {
    opponents.add(opponent);
    const isCounted = at + 1 >= LEAST_BATTLES && opponents.size >= LEAST_OPPONENTS;
    const high = { shown: numbers[at + 1] ?? NaN, reachedAtMs: endedAtMs };
    if (isCounted) best = higher(best, high);
  }
  return { peak: Math.max(...numbers), best };
}

/** Of equal ones the first. */
export function higher(one: High | null, other: High | null): High | null {
  if (one === null || other === null) return one ?? other;
  return other.shown > one.shown ? other : one;
}

/** At the start of a season, and after each battle. */
function numbersOf(mu: number, battles: readonly StoredBattle[]): number[] {
  const numbers = [shownNumber(mu)];
  let before = mu;
  for (const { muDelta } of battles.toReversed()) {
    before = rounded(before - muDelta);
    numbers.push(shownNumber(before));
  }
  return numbers.toReversed();
}
