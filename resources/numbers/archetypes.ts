import type { techniqueIds } from './techniques.ts';

type TechniqueId = (typeof techniqueIds)[number];

/** Attributes (72 points in sum) and techniques of a new character of each archetype. */
export const archetypeNumbers = {
  warrior: {
    attributes: {
      strength: 11,
      agility: 8,
      endurance: 11,
      intelligence: 5,
      wisdom: 6,
      men: 8,
      perception: 8,
      charisma: 9,
      luck: 6,
    },
    techniques: ['crushing_blow', 'onslaught', 'war_cry', 'breath'],
  },
  duelist: {
    attributes: {
      strength: 8,
      agility: 12,
      endurance: 8,
      intelligence: 6,
      wisdom: 6,
      men: 7,
      perception: 10,
      charisma: 6,
      luck: 9,
    },
    techniques: ['feint', 'riposte', 'mirage', 'breath'],
  },
  guardian: {
    attributes: {
      strength: 11,
      agility: 6,
      endurance: 10,
      intelligence: 6,
      wisdom: 7,
      men: 8,
      perception: 9,
      charisma: 9,
      luck: 6,
    },
    techniques: ['shield_wall', 'shield_bash', 'retribution', 'breath'],
  },
  mystic: {
    attributes: {
      strength: 5,
      agility: 8,
      endurance: 7,
      intelligence: 12,
      wisdom: 10,
      men: 8,
      perception: 8,
      charisma: 7,
      luck: 7,
    },
    techniques: ['flame_blade', 'foresight', 'siphon', 'breath'],
  },
} as const satisfies Record<
  string,
  { attributes: Record<string, number>; techniques: readonly TechniqueId[] }
>;
