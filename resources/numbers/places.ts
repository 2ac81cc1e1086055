import type { monsterIds } from './monsters.ts';

type Monster = (typeof monsterIds)[number];
type Tier = 1 | 2 | 3;

export const placeIds = [
  'start_village',
  'crossroads',
  'arena_city',
  'river_ford',
  'birch_wood',
  'old_mill',
  'hill_road',
  'dark_forest',
  'wolf_hollow',
  'marsh_edge',
  'quarry',
  'watchtower',
  'sunken_chapel',
  'ash_fields',
  'broken_gate',
  'titan_stair',
] as const;
export type PlaceId = (typeof placeIds)[number];

/** What grows or lies in the world. A material of a tier sells for so many times the base price. */
export const materials = {
  reed: { tier: 1 },
  herb: { tier: 1 },
  cloth: { tier: 1 },
  wood: { tier: 2 },
  pelt: { tier: 2 },
  moss: { tier: 2 },
  ore: { tier: 2 },
  ash: { tier: 3 },
  relic: { tier: 3 },
} as const satisfies Record<string, { tier: Tier }>;
export type Material = keyof typeof materials;
export const materialIds = Object.keys(materials) as readonly Material[];

/** What a safe place offers. The arena is open at each of them. */
export const placeOffers = ['healer', 'shop', 'board', 'trainer', 'smith', 'chest'] as const;
export type PlaceOffer = (typeof placeOffers)[number];

interface SafePlace {
  readonly kind: 'safe';
  readonly exits: readonly PlaceId[];
  readonly offers: readonly PlaceOffer[];
}

interface WildPlace {
  readonly kind: 'wild';
  readonly tier: Tier;
  readonly exits: readonly PlaceId[];
  /** What can be gathered; more than the first takes skill. */
  readonly gather: readonly Material[];
  /** Each as likely as the others. */
  readonly monsters: readonly Monster[];
  /** Whom a search meets once a day. */
  readonly boss?: Monster;
  /** Added to the percentage with which a won battle gives an item. */
  readonly lootBonus?: number;
}

export type PlaceNumbers = SafePlace | WildPlace;

/** Exits lead both ways: the start of the bot proves it. */
export const places: Readonly<Record<PlaceId, PlaceNumbers>> = {
  start_village: {
    kind: 'safe',
    exits: ['crossroads', 'river_ford', 'birch_wood'],
    offers: ['healer', 'board', 'chest'],
  },
  crossroads: {
    kind: 'safe',
    exits: ['start_village', 'arena_city', 'hill_road', 'old_mill'],
    offers: ['shop', 'board'],
  },
  arena_city: {
    kind: 'safe',
    exits: ['crossroads', 'quarry'],
    offers: ['healer', 'shop', 'trainer', 'smith'],
  },
  river_ford: {
    kind: 'wild',
    tier: 1,
    exits: ['start_village', 'birch_wood', 'marsh_edge', 'sunken_chapel'],
    gather: ['reed', 'herb'],
    monsters: ['rat', 'poacher', 'wild_dog'],
  },
  birch_wood: {
    kind: 'wild',
    tier: 1,
    exits: ['start_village', 'river_ford', 'dark_forest'],
    gather: ['herb', 'reed'],
    monsters: ['wild_dog', 'wolf', 'poacher'],
  },
  old_mill: {
    kind: 'wild',
    tier: 1,
    exits: ['crossroads', 'hill_road'],
    gather: [],
    monsters: ['rat', 'wild_dog'],
  },
  hill_road: {
    kind: 'wild',
    tier: 1,
    exits: ['crossroads', 'old_mill', 'watchtower', 'quarry'],
    gather: [],
    monsters: ['poacher', 'wild_dog', 'wolf'],
  },
  dark_forest: {
    kind: 'wild',
    tier: 2,
    exits: ['birch_wood', 'wolf_hollow', 'marsh_edge', 'watchtower'],
    gather: ['herb', 'wood'],
    monsters: ['bandit', 'bear', 'pack_leader'],
  },
  wolf_hollow: {
    kind: 'wild',
    tier: 2,
    exits: ['dark_forest'],
    gather: ['pelt'],
    monsters: ['pack_leader', 'bear'],
    lootBonus: 10,
  },
  marsh_edge: {
    kind: 'wild',
    tier: 2,
    exits: ['river_ford', 'dark_forest', 'sunken_chapel'],
    gather: ['moss', 'reed'],
    monsters: ['marsh_hag', 'bandit'],
  },
  quarry: {
    kind: 'wild',
    tier: 2,
    exits: ['arena_city', 'hill_road', 'ash_fields'],
    gather: ['ore'],
    monsters: ['bandit', 'bear'],
  },
  watchtower: {
    kind: 'safe',
    exits: ['hill_road', 'dark_forest', 'ash_fields', 'broken_gate'],
    offers: ['healer', 'chest'],
  },
  sunken_chapel: {
    kind: 'wild',
    tier: 3,
    exits: ['marsh_edge', 'river_ford'],
    gather: [],
    monsters: ['revenant'],
  },
  ash_fields: {
    kind: 'wild',
    tier: 3,
    exits: ['quarry', 'watchtower', 'titan_stair'],
    gather: ['ash'],
    monsters: ['ash_thrall', 'revenant'],
  },
  broken_gate: {
    kind: 'wild',
    tier: 3,
    exits: ['watchtower', 'titan_stair'],
    gather: ['relic'],
    monsters: ['gate_knight', 'revenant'],
  },
  titan_stair: {
    kind: 'wild',
    tier: 3,
    exits: ['ash_fields', 'broken_gate'],
    gather: [],
    monsters: ['gate_knight', 'ash_thrall'],
    boss: 'titan_guard',
  },
};

/** So many steps at most from every wild place to a safe one. */
export const STEPS_TO_SAFETY = 2;
