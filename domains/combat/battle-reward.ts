import {
  COUNTED_BATTLES_A_DAY,
  SHADOW_REWARD_SHARE,
  arenaRewards,
} from '../../resources/numbers/levels.ts';
import { pairDamping } from '../core/pair-damping.ts';

export interface BattleFacts {
  readonly result: keyof typeof arenaRewards;
  readonly isShadow: boolean;
  /** Battles of this character that were counted on the same UTC day. */
  readonly countedToday: number;
  /** Battles of the same two characters in the last PAIR_WINDOW_H hours; 0 against the Shadow. */
  readonly earlierOfPair: number;
}

export interface BattleReward {
  readonly xp: number;
  readonly gold: number;
}

/** What a battle of the arena gives, rounded up; nothing after the counted ones of the day. */
export function battleReward(facts: BattleFacts): BattleReward {
  const isCounted = facts.countedToday < COUNTED_BATTLES_A_DAY;
  const share = facts.isShadow ? SHADOW_REWARD_SHARE : pairDamping(facts.earlierOfPair);
  const { xp, gold } = arenaRewards[facts.result];
  return isCounted
    ? { xp: Math.ceil(share * xp), gold: Math.ceil(share * gold) }
    : { xp: 0, gold: 0 };
}
