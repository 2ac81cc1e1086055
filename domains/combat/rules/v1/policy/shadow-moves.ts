import type { ShadowLevel } from '../../../battle.ts';
import { Dice, branchOff } from '../dice.ts';
import type { Policy } from '../../policy.ts';
import type { Rules, ShadowMove } from '../../rules.ts';
import { apprenticePolicy } from './apprentice-policy.ts';
import { shadowMove, shadowPolicy } from './shadow-policy.ts';
import { twoTapPolicy } from './two-tap-policy.ts';

export const shadowPolicies: Readonly<Record<ShadowLevel, Policy>> = {
  novice: twoTapPolicy,
  apprentice: apprenticePolicy,
  master: shadowPolicy,
};

/**
 * The Shadow at each level. The novice and the apprentice may change at any time: a battle stores its
 * moves, and a replay asks no policy.
 */
export const shadowMoves: Rules['shadowMoves'] = {
  novice: moveBy(shadowPolicies.novice),
  apprentice: moveBy(shadowPolicies.apprentice),
  master: shadowMove,
};

/** The random state is derived from that of the battle, as the master's. */
function moveBy(policy: Policy): ShadowMove {
  return (battle, side, history) => {
    const dice = new Dice(branchOff(battle.chance, side));
    return policy({ battle, side, history, roll: (sides) => dice.below(sides) });
  };
}
