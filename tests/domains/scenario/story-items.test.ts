import { expect, test } from 'vitest';
import { ownStyles, rarities, templates } from '../../../resources/numbers/items.ts';
import { storyLoot, storyLootIds } from '../../../resources/numbers/story-loot.ts';
import { archetypes } from '../../../domains/account/account-context.ts';
import { storyItems } from '../../../domains/scenario/story-items.ts';

test.each(archetypes)('a %s starts with a common weapon and body of the own style', (archetype) => {
  const items = storyItems(['starter'], { archetype, seed: 'a' });
  expect(items).toEqual([
    { template: `${ownStyles[archetype]}_weapon`, rarity: 'common', affixes: [] },
    { template: `${ownStyles[archetype]}_body`, rarity: 'common', affixes: [] },
  ]);
});

test.each(storyLootIds)('%s gives items with the affixes of their rarity', (id) => {
  const items = storyItems([id], { archetype: 'mystic', seed: 'a' });
  expect(items).toHaveLength(storyLoot[id].length);
  for (const { rarity, affixes } of items) expect(affixes).toHaveLength(rarities[rarity].affixes);
});

test('the same seed gives the same items, and seeds give different ones', () => {
  const itemsOf = (seed: string) => storyItems(['millers_thanks'], { archetype: 'duelist', seed });
  expect(itemsOf('a')).toEqual(itemsOf('a'));
  const slots = Array.from({ length: 60 }, (_, seed) => {
    const [item] = itemsOf(`${seed}`);
    return item === undefined ? null : templates[item.template].slot;
  });
  expect(new Set(slots).size).toBe(6);
});
