import type { archetypeNumbers } from './archetypes.ts';

type Archetype = keyof typeof archetypeNumbers;
type AttributeName = keyof (typeof archetypeNumbers)['warrior']['attributes'];

/** Where items are worn, in the order of the screens. */
export const slots = ['weapon', 'offhand', 'head', 'body', 'feet', 'charm'] as const;

/** The attributes that items of a style raise. */
export const styles = {
  might: { main: 'strength', second: 'endurance' },
  grace: { main: 'agility', second: 'perception' },
  bulwark: { main: 'endurance', second: 'men' },
  lore: { main: 'intelligence', second: 'wisdom' },
} as const satisfies Record<string, { main: AttributeName; second: AttributeName }>;

export const ownStyles = {
  warrior: 'might',
  duelist: 'grace',
  guardian: 'bulwark',
  mystic: 'lore',
} as const satisfies Record<Archetype, keyof typeof styles>;

/** `source`: anywhere, or from scenarios alone. */
export const templates = {
  might_weapon: { slot: 'weapon', style: 'might', source: 'anywhere' },
  might_offhand: { slot: 'offhand', style: 'might', source: 'anywhere' },
  might_head: { slot: 'head', style: 'might', source: 'anywhere' },
  might_body: { slot: 'body', style: 'might', source: 'anywhere' },
  might_feet: { slot: 'feet', style: 'might', source: 'anywhere' },
  might_charm: { slot: 'charm', style: 'might', source: 'anywhere' },
  grace_weapon: { slot: 'weapon', style: 'grace', source: 'anywhere' },
  grace_offhand: { slot: 'offhand', style: 'grace', source: 'anywhere' },
  grace_head: { slot: 'head', style: 'grace', source: 'anywhere' },
  grace_body: { slot: 'body', style: 'grace', source: 'anywhere' },
  grace_feet: { slot: 'feet', style: 'grace', source: 'anywhere' },
  grace_charm: { slot: 'charm', style: 'grace', source: 'anywhere' },
  bulwark_weapon: { slot: 'weapon', style: 'bulwark', source: 'anywhere' },
  bulwark_offhand: { slot: 'offhand', style: 'bulwark', source: 'anywhere' },
  bulwark_head: { slot: 'head', style: 'bulwark', source: 'anywhere' },
  bulwark_body: { slot: 'body', style: 'bulwark', source: 'anywhere' },
  bulwark_feet: { slot: 'feet', style: 'bulwark', source: 'anywhere' },
  bulwark_charm: { slot: 'charm', style: 'bulwark', source: 'anywhere' },
  lore_weapon: { slot: 'weapon', style: 'lore', source: 'anywhere' },
  lore_offhand: { slot: 'offhand', style: 'lore', source: 'anywhere' },
  lore_head: { slot: 'head', style: 'lore', source: 'anywhere' },
  lore_body: { slot: 'body', style: 'lore', source: 'anywhere' },
  lore_feet: { slot: 'feet', style: 'lore', source: 'anywhere' },
  lore_charm: { slot: 'charm', style: 'lore', source: 'anywhere' },
  might_relic: { slot: 'charm', style: 'might', source: 'scenario' },
  grace_relic: { slot: 'charm', style: 'grace', source: 'scenario' },
  bulwark_relic: { slot: 'charm', style: 'bulwark', source: 'scenario' },
  lore_relic: { slot: 'charm', style: 'lore', source: 'scenario' },
} as const satisfies Record<
  string,
  {
    slot: (typeof slots)[number];
    style: keyof typeof styles;
    source: 'anywhere' | 'scenario';
  }
>;

/**
 * `points`: attribute points of an item, which go to the main and the second attribute of its style
 * and to its affixes. Prices are in gold, salvage in scrap; null: not for sale.
 */
export const rarities = {
  common: { points: 1, main: 1, second: 0, affixes: 0, sells: 4, costs: 16, salvage: 1 },
  fine: { points: 2, main: 1, second: 0, affixes: 1, sells: 10, costs: 40, salvage: 2 },
  rare: { points: 3, main: 2, second: 0, affixes: 1, sells: 25, costs: null, salvage: 5 },
  epic: { points: 4, main: 2, second: 1, affixes: 1, sells: 60, costs: null, salvage: 12 },
} as const satisfies Record<string, RarityNumbers>;

interface RarityNumbers {
  points: number;
  main: number;
  second: number;
  affixes: number;
  sells: number;
  costs: number | null;
  salvage: number;
}

/** Each affix raises its attribute by one point. */
export const affixes = {
  ox: 'strength',
  cat: 'agility',
  bear: 'endurance',
  owl: 'intelligence',
  raven: 'wisdom',
  wolf: 'men',
  hawk: 'perception',
  stag: 'charisma',
  hare: 'luck',
} as const satisfies Record<string, AttributeName>;

/** Of a hundred rolled items, how many have the style of the character's archetype. */
export const OWN_STYLE_PERCENT = 60;

/** How often each rarity is rolled, in parts of their sum; the tiers are those of monsters. */
export const rarityWeights = {
  shop: { common: 70, fine: 30, rare: 0, epic: 0 },
  tier1: { common: 80, fine: 18, rare: 2, epic: 0 },
  tier2: { common: 55, fine: 35, rare: 9, epic: 1 },
  tier3: { common: 30, fine: 45, rare: 20, epic: 5 },
  boss: { common: 0, fine: 30, rare: 50, epic: 20 },
} as const satisfies Record<string, Record<keyof typeof rarities, number>>;

/** Items that a bag holds; more go to the chest, and what it cannot hold becomes scrap. */
export const BAG_SIZE = 24;
export const CHEST_SIZE = 60;
export const GOLD_LIMIT = 99_999;

/** Offers of the shop on each UTC day. */
export const OFFERS_A_DAY = 6;
/** What another affix costs. */
export const REFORGE_GOLD = 20;
export const REFORGE_SCRAP = 8;
/** Items on a page of the bag. */
export const ITEMS_ON_A_PAGE = 8;

export const itemPlaces = ['bag', 'worn', 'chest'] as const;
/** How an item was given up. */
export const itemEnds = ['sold', 'salvaged', 'dropped'] as const;
