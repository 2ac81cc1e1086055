import { archetypeNumbers } from '../../resources/numbers/archetypes.ts';
import { techniqueIds } from '../../resources/numbers/techniques.ts';
import {
  type AccountContext,
  type Archetype,
  type Attributes,
  type Gear,
  type Stats,
  type Vital,
  attributeNames,
  attributesSchema,
  noGear,
} from './account-context.ts';
import type { Character } from './character.ts';
import { gearScore } from './gear-score.ts';
import { vitalsFor } from './vitals.ts';

export interface CharacterSheet {
  readonly archetype: Archetype | null;
  /** Without gear. */
  readonly ownAttributes: Attributes;
  /** With the worn items. */
  readonly attributes: Attributes;
  /** Current vitals; the maxima follow from the attributes. */
  readonly stats: Stats;
  readonly skills: AccountContext['skills'];
  /** Techniques for battles, in the order of the buttons. */
  readonly techniques: (typeof techniqueIds)[number][];
  readonly gs: number;
}

type RowFacts = Pick<Character, 'archetype'> &
  Partial<Pick<Character, 'attributes' | 'skills' | 'vitals_snapshot' | 'gear' | 'loadout'>>;

/** Of a character without an archetype. */
const plainAttributes = attributesSchema.parse(
  Object.fromEntries(attributeNames.map((name) => [name, 8])),
);

/** The only place that derives these values; what a row does not have follows from the archetype. */
export function characterSheet(source: RowFacts | AccountContext): CharacterSheet {
  const facts = 'bio' in source ? factsOf(source) : source;
  const { archetype } = facts;
  const ownAttributes = facts.attributes ?? startingAttributes(archetype);
  const attributes = withBonus(ownAttributes, facts.gear ?? noGear);
  const skills = facts.skills ?? startingSkills(archetype);
  return {
    archetype,
    ownAttributes,
    attributes,
    stats: statsWithin(facts.vitals_snapshot ?? null, attributes),
    skills,
    techniques: techniqueIds.filter(
      (technique) => (skills[technique] ?? 0) > 0 && (facts.loadout?.includes(technique) ?? true),
    ),
    gs: gearScore(attributes),
  };
}

function factsOf({ bio, attributes, skills, stats, gear, loadout }: AccountContext): RowFacts {
  const { archetype = null } = bio;
  return { archetype, attributes, skills, vitals_snapshot: stats, gear, loadout };
}

function withBonus(own: Attributes, { bonus }: Gear): Attributes {
  return attributeNames.reduce(
    (sum, name) => ({ ...sum, [name]: own[name] + (bonus[name] ?? 0) }),
    own,
  );
}

function startingAttributes(archetype: Archetype | null): Attributes {
  return archetype === null ? plainAttributes : archetypeNumbers[archetype].attributes;
}

function startingSkills(archetype: Archetype | null): AccountContext['skills'] {
  if (archetype === null) return {};
  return Object.fromEntries(archetypeNumbers[archetype].techniques.map((id) => [id, 1]));
}

/** Maxima follow from the attributes; current values stay, as far as these allow. null: full ones. */
export function statsWithin(stats: Stats | null, attributes: Readonly<Attributes>): Stats {
  const full = vitalsFor(attributes);
  if (stats === null) return full;
  return {
    hp: capped(stats.hp, full.hp),
    mp: capped(stats.mp, full.mp),
    stamina: capped(stats.stamina, full.stamina),
  };
}

function capped({ cur }: Vital, { max }: Vital): Vital {
  return { cur: Math.min(cur, max), max };
}
