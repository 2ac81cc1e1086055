import type { archetypeNumbers } from './archetypes.ts';

type AttributeName = keyof (typeof archetypeNumbers)['warrior']['attributes'];

/** What the points above those of a fresh character may be worth in a levelled duel, in the unit below. */
export const WORTH_CAP = 400;

/**
 * What one point of an attribute is worth, in thousandths of the logit of winning: the result of
 * `npm run balance -- worth`, from 4,000 duels a figure. Its standard error is about 8.
 */
export const worthNumbers = {
  warrior: {
    strength: 185,
    agility: 81,
    endurance: 174,
    intelligence: 5,
    wisdom: 54,
    men: 107,
    perception: 31,
    charisma: 38,
    luck: 57,
  },
  duelist: {
    strength: 91,
    agility: 188,
    endurance: 148,
    intelligence: 11,
    wisdom: 50,
    men: 108,
    perception: 18,
    charisma: 28,
    luck: 43,
  },
  guardian: {
    strength: 151,
    agility: 78,
    endurance: 228,
    intelligence: 26,
    wisdom: 44,
    men: 95,
    perception: 35,
    charisma: 32,
    luck: 38,
  },
  mystic: {
    strength: 88,
    agility: 76,
    endurance: 107,
    intelligence: 207,
    wisdom: 110,
    men: 125,
    perception: 39,
    charisma: 33,
    luck: 49,
  },
} as const satisfies Record<keyof typeof archetypeNumbers, Record<AttributeName, number>>;
