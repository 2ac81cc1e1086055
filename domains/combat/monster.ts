import { z } from 'zod';
import { archetypeNumbers } from '../../resources/numbers/archetypes.ts';
import { monsterIds, monsterNumbers } from '../../resources/numbers/monsters.ts';
import { type Attributes, attributeNames } from '../account/account-context.ts';
import { gearScore } from '../account/gear-score.ts';
import { vitalsFor } from '../account/vitals.ts';
import type { Battle, FighterSheet, Move, Side } from './battle.ts';
import { rulesOf } from './rules/rules-of.ts';

export { monsterIds };
export const monsterSchema = z.enum(monsterIds);
export type Monster = z.infer<typeof monsterSchema>;

/** A monster at the start of a battle. */
export function monsterSheet(monster: Monster): FighterSheet {
  const { archetype, points, health, techniques } = monsterNumbers[monster];
  const attributes = inProportion(archetypeNumbers[archetype].attributes, points);
  const { hp, ...stats } = vitalsFor(attributes);
  const max = Math.round(hp.max * health);
  return {
    archetype,
    attributes,
    techniques: [...techniques],
    stats: { ...stats, hp: { cur: max, max } },
  };
}

/** What a monster knows when it chooses. */
export interface MonsterView {
  readonly battle: Battle;
  readonly side: Side;
  /** Moves of both sides, the first exchange first. */
  readonly history: readonly (readonly [Move, Move])[];
}

/** It may change at any time: a battle stores the moves of its monster, and a replay asks none. */
export function monsterMove(monster: Monster, { battle, side, history }: MonsterView): Move {
  return rulesOf(battle.rules).monsterMove(monsterNumbers[monster])(battle, side, history);
}

/** The GearScore of a monster. */
export function monsterScore({ attributes }: FighterSheet): number {
  return gearScore(attributes);
}

/** So many points in the proportions of the attributes, by the largest remainders. */
function inProportion(attributes: Readonly<Attributes>, points: number): Attributes {
  const sum = attributeNames.reduce((total, name) => total + attributes[name], 0);
  const share = (name: keyof Attributes) => (points * attributes[name]) / sum;
  const whole = attributeNames.reduce((total, name) => total + Math.floor(share(name)), 0);
  const remainder = (name: keyof Attributes) => share(name) - Math.floor(share(name));
  const raised = attributeNames
    .toSorted((one, other) => remainder(other) - remainder(one))
    .slice(0, points - whole);
  return attributeNames.reduce<Attributes>(
    (shares, name) => ({
      ...shares,
      [name]: Math.floor(share(name)) + Number(raised.includes(name)),
    }),
    attributes,
  );
}
