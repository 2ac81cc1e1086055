import type { Text } from '../core/text.ts';
import {
  COUNTED_BATTLES_A_DAY,
  SHADOW_REWARD_SHARE,
  arenaRewards,
} from '../../resources/numbers/levels.ts';
import { pairDamping } from '../core/pair-damping.ts';

export interface BattleFacts {
  /** By surrender, or by missing turns: that pays nothing, so that nobody earns without fighting. */
  readonly hasGivenUp: boolean;
  /** An operator ended the battle. */
  readonly isStopped: boolean;
  readonly result: keyof typeof arenaRewards;
  readonly isShadow: boolean;
  /** Battles of this character that were counted on the same UTC day. */
  readonly countedToday: number;
  /** Battles of the same two characters in the last PAIR_WINDOW_H hours; 0 against the Shadow. */
  readonly earlierOfPair: number;
}

/** Why a battle pays nothing. */
export const unpaidReasons = ['operator', 'gave_up', 'day', 'pair'] as const;
export type UnpaidReason = (typeof unpaidReasons)[number];

export interface BattleReward {
  readonly xp: number;
  readonly gold: number;
  readonly unpaid: UnpaidReason | null;
}

/** As the result screen shows it. */
export interface RewardNotice extends BattleReward {
  /** The level that was reached with it; null: none. */
  readonly newLevel: number | null;
  /** Things that were given with it; by default none. */
  readonly found?: readonly Text[];
}

/** What a battle of the arena gives, rounded up; nothing after the counted ones of the day. */
export function battleReward(facts: BattleFacts): BattleReward {
  const share = facts.isShadow ? SHADOW_REWARD_SHARE : pairDamping(facts.earlierOfPair);
  const unpaid = unpaidReason(facts, share);
  if (unpaid !== null) return { xp: 0, gold: 0, unpaid };
  const { xp, gold } = arenaRewards[facts.result];
  return { xp: Math.ceil(share * xp), gold: Math.ceil(share * gold), unpaid };
}

function unpaidReason(facts: BattleFacts, share: number): UnpaidReason | null {
  if (facts.isStopped) return 'operator';
  if (facts.hasGivenUp) return 'gave_up';
  if (facts.countedToday >= COUNTED_BATTLES_A_DAY) return 'day';
  return share === 0 ? 'pair' : null;
}
