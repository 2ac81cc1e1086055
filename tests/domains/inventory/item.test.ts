import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attributeNames } from '../../../domains/account/account-context.ts';
import { gearScore } from '../../../domains/account/gear-score.ts';
import { bonusOf, itemBonus, itemSchema, itemScore } from '../../../domains/inventory/item.ts';
import { archetypeNumbers } from '../../../resources/numbers/archetypes.ts';
import { rarities } from '../../../resources/numbers/items.ts';
import { anyItem, itemOf, someItems } from '../../support/items.ts';

const pointsOf = (bonus: Readonly<Record<string, number>>) =>
  Object.values(bonus).reduce((sum, points) => sum + points, 0);
/** Only the attributes that are raised. */
const raisedBy = (notation: string) =>
  Object.fromEntries(
    Object.entries(itemBonus(itemOf(notation))).filter(([, points]) => points > 0),
  );

describe('itemBonus', () => {
  test('gives main, second and affix points by the rarity', () => {
    expect(raisedBy('1 might_weapon common')).toEqual({ strength: 1 });
    expect(raisedBy('1 grace_head fine hare')).toEqual({ agility: 1, luck: 1 });
    expect(raisedBy('1 bulwark_feet rare bear')).toEqual({ endurance: 3 });
    expect(raisedBy('1 lore_relic epic raven')).toEqual({ intelligence: 2, wisdom: 2 });
  });

  test('gives as many points as the rarity has, for every item', () => {
    fc.assert(
      fc.property(anyItem, (item) => {
        const bonus = itemBonus(item);
        expect(pointsOf(bonus)).toBe(rarities[item.rarity].points);
        expect(Object.keys(bonus)).toEqual([...attributeNames]);
      }),
    );
  });
});

test('bonusOf gives the sum of the bonuses, in any order', () => {
  fc.assert(
    fc.property(someItems, (items) => {
      const sum = bonusOf(items);
      for (const name of attributeNames) {
        const each = items.map((item) => itemBonus(item)[name]);
        expect(sum[name]).toBe(each.reduce((total, points) => total + points, 0));
      }
      expect(bonusOf(items.toReversed())).toEqual(sum);
    }),
  );
});

test('itemScore is what the item adds to a GearScore, within rounding', () => {
  expect(itemScore(itemOf('1 might_weapon rare bear'))).toBe(5);
  fc.assert(
    fc.property(anyItem, (item) => {
      const worn = { ...archetypeNumbers.mystic.attributes };
      const before = gearScore(worn);
      const bonus = itemBonus(item);
      const after = Object.fromEntries(
        attributeNames.map((name) => [name, worn[name] + bonus[name]]),
      );
      expect(
        Math.abs(gearScore({ ...worn, ...after }) - before - itemScore(item)),
      ).toBeLessThanOrEqual(1);
    }),
  );
});

describe('itemSchema', () => {
  test('reads every item', () => {
    fc.assert(
      fc.property(anyItem, (item) => {
        expect(itemSchema.parse(structuredClone(item))).toEqual(item);
      }),
    );
  });

  test.each([
    ['an unknown template', { template: 'might_wings' }],
    ['a rarity with too few affixes', { rarity: 'fine' }],
    ['a rarity with too many affixes', { affixes: ['ox'] }],
    ['a worn item without a slot', { place: 'worn' }],
    ['a worn item in the slot of another template', { place: 'worn', slot: 'head' }],
    ['a slot in the bag', { slot: 'weapon' }],
    ['an unknown field', { durability: 3 }],
  ])('refuses %s', (_, change) => {
    const item = itemOf('1 might_weapon common');
    expect(itemSchema.safeParse({ ...item, ...change }).success).toBe(false);
  });

  test('reads a worn item in its slot', () => {
    const item = itemOf('1 might_weapon common');
    expect(itemSchema.safeParse({ ...item, place: 'worn', slot: 'weapon' }).success).toBe(true);
  });
});
