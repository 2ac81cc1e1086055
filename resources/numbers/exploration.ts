import type { rarityWeights } from './items.ts';
import type { Material } from './places.ts';

export const ENERGY_LIMIT = 24;
/** Minutes in which one point of energy comes back. */
export const ENERGY_MIN = 20;
/** Percent of each vital that come back in a minute. */
export const HEALING_PERCENT_A_MIN = 1;

/** In energy. A step to a safe place is free. */
export const costs = { wildStep: 1, search: 2, gather: 2, rest: 3, avoid: 1, run: 3 } as const;
/** Energy that a defeat takes, as far as there is any. */
export const DEFEAT_ENERGY = 3;

/** The level with which places of a tier may be entered. */
export const tierLevels = { 1: 1, 2: 2, 3: 4 } as const;
/** Percent of steps into a place of a tier, and of gathering there, that meet a monster. */
export const stepEncounters = { 1: 40, 2: 45, 3: 50 } as const;
export const SEARCH_ENCOUNTER_PERCENT = 80;
/** A monster is noticed in time with `d20 + perception / 2 + 2 scouting` of this and more for each tier. */
export const NOTICE_BASE = 10;
export const NOTICE_PER_TIER = 3;

export const REST_PERCENT = 40;
export const HEALER_GOLD = 5;
/** Below this level the healer takes nothing. */
export const HEALER_PAID_LEVEL = 3;

/** What is gathered at once, without skill. */
export const GATHERED = 1;
/** Of one material. */
export const STACK_LIMIT = 999;
/** For a material of the first tier. */
export const MATERIAL_GOLD = 2;
/** Experience for the first visit of a place. */
export const DISCOVERY_XP = 4;

/** What a won battle against a monster of a tier gives; the fourth is the boss. */
export const wildRewards = {
  1: { xp: 3, gold: [2, 4], itemPercent: 12, rarities: 'tier1', material: 'cloth' },
  2: { xp: 5, gold: [4, 8], itemPercent: 18, rarities: 'tier2', material: 'pelt' },
  3: { xp: 8, gold: [7, 13], itemPercent: 30, rarities: 'tier3', material: 'relic' },
  4: { xp: 30, gold: [40, 40], itemPercent: 100, rarities: 'boss', material: 'relic' },
} as const satisfies Record<1 | 2 | 3 | 4, WildRewardNumbers>;

interface WildRewardNumbers {
  xp: number;
  /** The least and the most. */
  gold: readonly [number, number];
  itemPercent: number;
  rarities: keyof typeof rarityWeights;
  material: Material;
}

/** Materials of a won battle at most. */
export const MOST_LOOT_MATERIALS = 1;
/** After so many wins in a row without an item the next one has one. */
export const DRY_WINS = 4;

/** Ways of the world: they grow by use and have no effect in duels. */
export const worldSkills = ['scouting', 'gathering', 'survival', 'lore', 'trade'] as const;
export type WorldSkill = (typeof worldSkills)[number];
/** Uses with which each level is reached. */
export const worldSkillUses = [10, 30, 70, 150, 310] as const;

/** What each level of a skill adds. */
export const skillEffects = {
  /** To the throw for noticing. */
  notice: 2,
  /** Percent of searches that meet a monster. */
  search: 5,
  /** Percent of what is gathered. */
  gathering: 10,
  /** Percent of health that a rest gives. */
  rest: 5,
  /** Percent of the price that a shop pays for materials. */
  trade: 3,
} as const;
/** With this level of gathering everything that a place has is found. */
export const ALL_MATERIALS_LEVEL = 3;
/** With these levels of lore a look shows more of a monster than its health. */
export const loreLevels = { habit: 1, techniques: 3 } as const;
