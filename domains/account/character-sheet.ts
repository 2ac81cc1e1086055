import { archetypeNumbers } from '../../resources/numbers/archetypes.ts';
import { techniqueIds } from '../../resources/numbers/techniques.ts';
import type { AccountContext, Archetype, Attributes, Stats, Vital } from './account-context.ts';
import type { Character } from './character.ts';
import { gearScore } from './gear-score.ts';
import { vitalsFor } from './vitals.ts';

/** What a character is and can do. */
export interface CharacterSheet {
  readonly archetype: Archetype | null;
  readonly attributes: Attributes;
  /** As they are now; what the maxima are is for the attributes to say. */
  readonly stats: Stats;
  /** Technique id to its level. */
  readonly skills: AccountContext['skills'];
  /** What they know, in the order of buttons. */
  readonly techniques: (typeof techniqueIds)[number][];
  readonly gs: number;
}

/** What a row says; what it leaves out, the archetype says. */
type RowFacts = Pick<Character, 'archetype'> &
  Partial<Pick<Character, 'attributes' | 'skills' | 'vitals_snapshot'>>;

const plainAttributes: Attributes = {
  strength: 8,
  agility: 8,
  endurance: 8,
  intelligence: 8,
  wisdom: 8,
  men: 8,
  perception: 8,
  charisma: 8,
  luck: 8,
};

/**
 * The one maker of attributes, vitals, techniques and GearScore: of a live session, or of a row. Where
 * nothing but the archetype is known, of a fresh character.
 */
export function characterSheet(source: RowFacts | AccountContext): CharacterSheet {
  const facts = 'bio' in source ? factsOf(source) : source;
  const { archetype } = facts;
  const attributes = facts.attributes ?? startingAttributes(archetype);
  const skills = facts.skills ?? startingSkills(archetype);
  return {
    archetype,
    attributes,
    stats: withinMaxima(facts.vitals_snapshot ?? null, vitalsFor(attributes)),
    skills,
    techniques: techniqueIds.filter((technique) => (skills[technique] ?? 0) > 0),
    gs: gearScore(attributes),
  };
}

function factsOf({ bio, attributes, skills, stats }: AccountContext): RowFacts {
  return { archetype: bio.archetype ?? null, attributes, skills, vitals_snapshot: stats };
}

function startingAttributes(archetype: Archetype | null): Attributes {
  return archetype === null ? plainAttributes : archetypeNumbers[archetype].attributes;
}

/** The techniques of an archetype, each at level 1. */
function startingSkills(archetype: Archetype | null): AccountContext['skills'] {
  if (archetype === null) return {};
  return Object.fromEntries(archetypeNumbers[archetype].techniques.map((id) => [id, 1]));
}

/** As wounded as it says; rested where it says nothing. */
function withinMaxima(stats: Stats | null, rested: Stats): Stats {
  if (stats === null) return rested;
  return {
    hp: capped(stats.hp, rested.hp),
    mp: capped(stats.mp, rested.mp),
    stamina: capped(stats.stamina, rested.stamina),
  };
}

function capped({ cur }: Vital, { max }: Vital): Vital {
  return { cur: Math.min(cur, max), max };
}
