import { pairDampingShares } from '../../resources/numbers/pair-damping.ts';

/**
 * How much a battle counts, from 1 to 0, after so many earlier ones of the same two characters within
 * PAIR_WINDOW_H. Rewards and ratings share it, so that nobody gains by fighting one friend all day.
 */
export function pairDamping(earlierBattles: number): number {
  return pairDampingShares[earlierBattles] ?? 0;
}
