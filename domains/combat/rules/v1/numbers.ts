import type { Zone } from '../../battle.ts';
import { techniques } from './techniques.ts';

/**
 * Chances and shares are of 1 and hold between equals; attributes change them in `matchup.ts`. These
 * numbers never change, because stored battles replay with them: new numbers are new rules.
 */
export const combatNumbers = {
  techniques,
  /** After this exchange the side with the larger share of health wins. */
  turnLimit: 30,
  /** From this exchange on the damage grows by this share with every exchange. */
  crowd: { fromTurn: 10, growth: 0.2 },
  /** Of the struck zone: chance to miss, damage factor, stamina cost, effect and its chance. */
  zones: {
    head: { miss: 0.13, damage: 1.5, stamina: 13, effect: 'dazed', control: 0.35 },
    chest: { miss: 0.04, damage: 1.45, stamina: 12, effect: null, control: 0 },
    belly: { miss: 0.05, damage: 1.3, stamina: 11, effect: 'winded', control: 0.4 },
    legs: { miss: 0.03, damage: 0.92, stamina: 8, effect: 'hobbled', control: 0.4 },
  },
  /** Stamina costs. */
  guards: { 'head-chest': 3, 'chest-belly': 2, 'belly-legs': 3 },
  /** Damage of a plain blow by a fighter with 8 points, and the share by which it varies. */
  damage: { blow: 10.1, spread: 0.12 },
  crit: { chance: 0.14, factor: 1.5 },
  dodge: { chance: 0.1, most: 0.75 },
  /** Of blows into a guard. */
  parry: { chance: 0.22, most: 0.8 },
  block: { share: 0.93, most: 0.97 },
  /** Of parried blows; `factor` weakens the counter-attack. */
  counter: { chance: 0.6, factor: 0.6 },
  /** The chance that a feint is seen through. */
  insight: { chance: 0.15, most: 0.6 },
  control: { most: 0.9 },
  /** Factors for a fighter without the stamina for its blow. */
  tired: { damage: 0.5, absorb: 0.6 },
  effects: {
    /** Added to the chance to miss; factor of the chance to parry. */
    dazed: { miss: 0.2, parry: 0.5 },
    /** Factor of the chance to dodge; a hobbled fighter also has 1 pace less. */
    hobbled: { dodge: 0 },
    /** Stamina lost at once; none recovers while the effect lasts. */
    winded: { stamina: 8 },
    daunted: { damage: 0.8 },
    fury: { damage: 1.2 },
    /** Exchanges that an ailment lasts after the current one. */
    turns: 1,
  },
  /** Recovered after every exchange by a fighter with 8 points. */
  recovery: { stamina: 9, mp: 2 },
  /** Weights of the attributes in the damage of each archetype; their sum is 1. */
  power: {
    warrior: { strength: 0.8, agility: 0, endurance: 0.2, intelligence: 0 },
    duelist: { strength: 0.3, agility: 0.7, endurance: 0, intelligence: 0 },
    guardian: { strength: 0.6, agility: 0, endurance: 0.4, intelligence: 0 },
    mystic: { strength: 0.2, agility: 0, endurance: 0, intelligence: 0.8 },
  },
} as const;

export type ZoneNumbers = (typeof combatNumbers.zones)[Zone];
