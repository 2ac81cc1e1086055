import type { archetypeNumbers } from './archetypes.ts';
import type { techniqueIds } from './techniques.ts';

type Archetype = keyof typeof archetypeNumbers;
type TechniqueId = (typeof techniqueIds)[number];

/** The weakest first, by how many fresh characters they beat. */
export const monsterIds = [
  'straw_man',
  'rat',
  'wild_dog',
  'poacher',
  'wolf',
  'bandit',
  'marsh_hag',
  'bear',
  'pack_leader',
  'revenant',
  'ash_thrall',
  'gate_knight',
  'titan_guard',
] as const;

export interface MonsterNumbers {
  /** 4: the boss. */
  readonly tier: 1 | 2 | 3 | 4;
  /** Whose attributes it has, in proportion. */
  readonly archetype: Archetype;
  /** Sum of its attributes; a new character has 72. */
  readonly points: number;
  /** The share of the health that follows from its attributes. */
  readonly health: number;
  /** `random`: any legal move; `shadow`: the mind of the Shadow. */
  readonly mind: 'random' | 'shadow';
  readonly techniques: readonly TechniqueId[];
  /** The zone that it strikes in half of its moves, whatever its mind says. */
  readonly habit: 'head' | 'chest' | 'belly' | 'legs';
}

/** The shares of wins that they were chosen by are printed by `npm run balance -- monsters`. */
export const monsterNumbers = {
  // Only in the prologue: 30 points of health, beaten in about three exchanges.
  straw_man: {
    tier: 1,
    archetype: 'warrior',
    points: 30,
    health: 0.53,
    mind: 'random',
    techniques: [],
    habit: 'legs',
  },
  rat: {
    tier: 1,
    archetype: 'duelist',
    points: 45,
    health: 0.45,
    mind: 'random',
    techniques: ['feint'],
    habit: 'legs',
  },
  wild_dog: {
    tier: 1,
    archetype: 'warrior',
    points: 45,
    health: 0.45,
    mind: 'random',
    techniques: ['onslaught'],
    habit: 'legs',
  },
  poacher: {
    tier: 1,
    archetype: 'duelist',
    points: 45,
    health: 0.45,
    mind: 'random',
    techniques: ['riposte'],
    habit: 'chest',
  },
  wolf: {
    tier: 1,
    archetype: 'duelist',
    points: 45,
    health: 0.7,
    mind: 'random',
    techniques: ['onslaught'],
    habit: 'legs',
  },
  bandit: {
    tier: 2,
    archetype: 'warrior',
    points: 42,
    health: 0.6,
    mind: 'shadow',
    techniques: ['crushing_blow', 'feint'],
    habit: 'head',
  },
  marsh_hag: {
    tier: 2,
    archetype: 'mystic',
    points: 45,
    health: 0.5,
    mind: 'shadow',
    techniques: ['siphon', 'mirage'],
    habit: 'head',
  },
  bear: {
    tier: 2,
    archetype: 'guardian',
    points: 45,
    health: 1,
    mind: 'random',
    techniques: ['crushing_blow'],
    habit: 'chest',
  },
  pack_leader: {
    tier: 2,
    archetype: 'duelist',
    points: 45,
    health: 1,
    mind: 'random',
    techniques: ['onslaught', 'war_cry'],
    habit: 'legs',
  },
  revenant: {
    tier: 3,
    archetype: 'guardian',
    points: 66,
    health: 0.8,
    mind: 'shadow',
    techniques: ['shield_wall', 'retribution'],
    habit: 'chest',
  },
  ash_thrall: {
    tier: 3,
    archetype: 'mystic',
    points: 51,
    health: 1,
    mind: 'shadow',
    techniques: ['flame_blade', 'war_cry'],
    habit: 'head',
  },
  gate_knight: {
    tier: 3,
    archetype: 'guardian',
    points: 69,
    health: 1,
    mind: 'shadow',
    techniques: ['shield_bash', 'retribution'],
    habit: 'chest',
  },
  titan_guard: {
    tier: 4,
    archetype: 'guardian',
    points: 84,
    health: 0.85,
    mind: 'shadow',
    techniques: ['crushing_blow', 'shield_wall'],
    habit: 'head',
  },
} as const satisfies Record<(typeof monsterIds)[number], MonsterNumbers>;
