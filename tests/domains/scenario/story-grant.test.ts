import { expect, test } from 'vitest';
import { type Earnings, newJourney } from '../../../domains/inventory/journey.ts';
import { gainsOf } from '../../../domains/scenario/gains.ts';
import {
  heroOf,
  raisedAttributes,
  storyGrant,
  storyId,
} from '../../../domains/scenario/story-grant.ts';
import { archetypeNumbers } from '../../../resources/numbers/archetypes.ts';

const session = { key: 'mill', run: 2 };
const who = { charId: 7, archetype: 'duelist', session } as const;
const { attributes } = archetypeNumbers.duelist;

const earnings: Earnings = {
  charId: 7,
  userId: 1,
  archetype: 'duelist',
  skills: {},
  loadout: null,
  stacks: {},
  uses: {},
  purchases: [],
  attributes,
  gear: { version: 3, bonus: { agility: 2 } },
  journey: { ...newJourney, level: 4 },
  items: [
    {
      id: 1,
      template: 'lore_relic',
      rarity: 'common',
      affixes: [],
      place: 'chest',
      slot: null,
      locked: false,
    },
  ],
};

test('a story is named by its key and run', () => {
  expect(storyId(session)).toBe('mill:2');
});

test('the grant of a node has its gold, experience, items and uses', () => {
  const gains = gainsOf('dawn', [
    { give: 'starter' },
    { xp: 40 },
    { gold: 8 },
    { learn: 'lore', uses: 3 },
  ]);
  expect(storyGrant(gains, who)).toEqual({
    id: 'story:7:mill:2:dawn',
    xp: 40,
    gold: 8,
    uses: { lore: 3 },
    items: [
      { template: 'grace_weapon', rarity: 'common', affixes: [] },
      { template: 'grace_body', rarity: 'common', affixes: [] },
    ],
  });
  expect(storyGrant(gains, who)).toEqual(storyGrant(gains, who));
});

test('a node that only hurts or moves has no grant', () => {
  expect(storyGrant(gainsOf('swept', [{ health: -10 }, { goTo: 'crossroads' }]), who)).toBeNull();
});

test('heroOf counts worn items, and items in the chest', () => {
  expect(heroOf(earnings, { lore: 2 })).toEqual({
    archetype: 'duelist',
    level: 4,
    skills: { lore: 2 },
    items: ['lore_relic'],
    attributes: { ...attributes, agility: 14 },
  });
  expect(heroOf({ ...earnings, archetype: null }, {})).toBeNull();
});

test('raisedAttributes adds the points', () => {
  expect(raisedAttributes(attributes, { agility: 3, luck: 1 })).toEqual({
    ...attributes,
    agility: 15,
    luck: 10,
  });
});
