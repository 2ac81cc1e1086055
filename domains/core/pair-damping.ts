import { PAIR_WINDOW_H, pairDampingShares } from '../../resources/numbers/pair-damping.ts';

export { PAIR_WINDOW_H };

/**
 * How much a battle counts, from 1 to 0, after so many earlier ones of the same two characters within
 * PAIR_WINDOW_H. Rewards and ratings share it, so that nobody gains by fighting one friend all day.
 */
export function pairDamping(earlierBattles: number): number {
  return pairDampingShares[earlierBattles] ?? 0;
}
