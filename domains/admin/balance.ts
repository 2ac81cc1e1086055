import type { Archetype } from '../account/account-context.ts';
import type { TechniqueId } from '../combat/battle.ts';

export { BALANCE_DAYS, BALANCE_LEAST } from '../../resources/numbers/admin.ts';

/** Rated duels of one side that has it against one that has not; draws are left out. */
export interface WinCount<Of> {
  readonly of: Of;
  readonly won: number;
  readonly fought: number;
}

export interface BalanceCounts {
  readonly archetypes: readonly WinCount<Archetype>[];
  /** In the loadouts, used or not. */
  readonly techniques: readonly WinCount<TechniqueId>[];
}

export interface BalanceReader {
  countsSince(ms: number): Promise<BalanceCounts>;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** 95 % of a normal distribution lie within so many standard deviations. */
const Z = 1.959_964;

/**
 * The 95 % score interval of a share: (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n).
 * E. B. Wilson: Probable inference, the law of succession, and statistical inference. JASA 22 (1927), 209–212.
 */
export function wilsonInterval(won: number, fought: number): Interval {
  const [share, squared] = [won / fought, Z ** 2];
  const centre = share + squared / (2 * fought);
  const half = Z * Math.sqrt((share * (1 - share)) / fought + squared / (4 * fought ** 2));
  const whole = 1 + squared / fought;
  return { low: (centre - half) / whole, high: (centre + half) / whole };
}
