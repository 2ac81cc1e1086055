import { combatNumbers } from '../numbers.ts';
import type { EffectId, Fighter } from '../../../battle.ts';
import type { Stance } from '../odds.ts';

/** The worth of things other than health, in points of health. */
export const worth = {
  /** A point of stamina at full stamina, and how much more at none. */
  stamina: { rested: 0.1, spent: 0.25 },
  mp: 0.05,
  effects: { dazed: 3, winded: 2, hobbled: 3, daunted: 2, fury: 8 },
} as const satisfies { effects: Record<EffectId, number> } & Record<string, unknown>;

/** Stamina is worth more the less is left. */
export function staminaPrice({ stats }: Fighter): number {
  const { cur, max } = stats.stamina;
  const { rested, spent } = worth.stamina;
  return max === 0 ? 0 : rested + spent * (1 - cur / max);
}

/** What a technique gives and costs, independent of the opponent. */
export function giftWorth({ fighter, technique, matchup }: Stance): number {
  const { mp, stamina } = fighter.stats;
  const { restores, rouses, inflicts } = technique;
  const price = staminaPrice(fighter);
  const breath = Math.min(stamina.max - stamina.cur, restores.stamina) * price;
  const mana = Math.min(mp.max - mp.cur, restores.mp) * worth.mp;
  const roused =
    rouses === null || fighter.effects[rouses.effect] > 1 ? 0 : worth.effects[rouses.effect];
  const daunts = inflicts?.always === true ? inflicts : null;
  const daunted =
    daunts === null
      ? 0
      : Math.min(combatNumbers.control.most, daunts.chance * matchup.control) *
        worth.effects[daunts.effect];
  const cost = technique.stamina * price + technique.mp * worth.mp;
  return breath + mana + roused + daunted - cost;
}
