export const MAX_LEVEL = 10;
/** A character of level n needs n times as much experience for the next one: 1,350 in all. */
export const XP_PER_LEVEL = 30;
/** Attribute points for each level above the first. */
export const POINTS_PER_LEVEL = 1;

/** At each of these levels a character may learn one technique of its list. */
export const techniqueLevels = [3, 5, 7, 9] as const;

/** What the arena gives for a counted battle against another character. */
export const arenaRewards = {
  won: { xp: 10, gold: 6 },
  drawn: { xp: 7, gold: 4 },
  lost: { xp: 5, gold: 3 },
} as const satisfies Record<string, { xp: number; gold: number }>;

/** So many battles of a UTC day are counted. */
export const COUNTED_BATTLES_A_DAY = 5;
/** The share of a reward for a battle against the own Shadow. */
export const SHADOW_REWARD_SHARE = 0.5;

/** How far points of levels raise an attribute above that of its archetype. */
export const MAX_RAISE = 15;

/** What learning a technique costs, and how often those of the archetype must have been used by then. */
export const LEARN_PRICE = 60;
export const LEARN_USES = 20;

/** Medals by the uses of a technique that earn them. They change nothing in battles. */
export const medalUses = { bronze: 20, silver: 60, gold: 150, crown: 400 } as const;
