import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Archetype, archetypes } from '../../../domains/account/account-context.ts';
import {
  type ItemKind,
  affixIds,
  itemBonus,
  rarityNames,
  slotFor,
} from '../../../domains/inventory/item.ts';
import { rollItem, withOtherAffix } from '../../../domains/inventory/roll-item.ts';
import {
  ownStyles,
  rarities,
  rarityWeights,
  slots,
  styles,
  templates,
} from '../../../resources/numbers/items.ts';
import { drawOf } from '../../../tools/balance/random-build.ts';
import { anyItem } from '../../support/items.ts';

const ROLLS = 4_000;
const rolled = (
  archetype: Archetype,
  weights: keyof typeof rarityWeights,
  seed = 1,
): ItemKind[] => {
  const draw = drawOf(seed);
  return Array.from({ length: ROLLS }, () =>
    rollItem(draw, { archetype, weights: rarityWeights[weights] }),
  );
};
const percentOf = (items: readonly ItemKind[], has: (item: ItemKind) => boolean) =>
  (100 * items.filter(has).length) / items.length;

describe('rollItem', () => {
  test('answers the same items for the same seed, and others for another', () => {
    expect(rolled('warrior', 'shop')).toEqual(rolled('warrior', 'shop'));
    expect(rolled('warrior', 'shop', 2)).not.toEqual(rolled('warrior', 'shop'));
  });

  test.each(archetypes)(
    'gives a %s its own style in about 60 of 100 items, each other in 13',
    (archetype) => {
      const items = rolled(archetype, 'tier2');
      for (const style of Object.keys(styles)) {
        const share = percentOf(items, ({ template }) => templates[template].style === style);
        expect(Math.abs(share - (style === ownStyles[archetype] ? 60 : 40 / 3))).toBeLessThan(3);
      }
    },
  );

  test.each(['shop', 'tier1', 'tier2', 'tier3', 'boss'] as const)(
    'gives rarities of %s by their weights',
    (name) => {
      const items = rolled('duelist', name);
      const sum = rarityNames.reduce((total, rarity) => total + rarityWeights[name][rarity], 0);
      for (const rarity of rarityNames) {
        const share = percentOf(items, (item) => item.rarity === rarity);
        const weight = rarityWeights[name][rarity];
        expect(Math.abs(share - (100 * weight) / sum)).toBeLessThan(3);
        if (weight === 0) expect(share).toBe(0);
      }
    },
  );

  test('gives every slot and affix about equally often, and nothing that only scenarios give', () => {
    const items = rolled('mystic', 'boss');
    for (const slot of slots) {
      expect(Math.abs(percentOf(items, (item) => slotFor(item) === slot) - 100 / 6)).toBeLessThan(
        3,
      );
    }
    for (const affix of affixIds) {
      expect(
        Math.abs(percentOf(items, (item) => item.affixes[0] === affix) - 100 / 9),
      ).toBeLessThan(3);
    }
    expect(items.filter(({ template }) => templates[template].source !== 'anywhere')).toEqual([]);
  });

  test('gives items with the points of their rarity', () => {
    for (const item of rolled('guardian', 'tier3').slice(0, 200)) {
      const points = Object.values(itemBonus(item)).reduce((sum, each) => sum + each, 0);
      expect(points).toBe(rarities[item.rarity].points);
    }
  });
});

test('withOtherAffix changes the affix and nothing else', () => {
  fc.assert(
    fc.property(anyItem, fc.nat(1_000), (item, seed) => {
      const other = withOtherAffix(drawOf(seed), item);
      expect({ ...other, affixes: item.affixes }).toEqual(item);
      expect(other.affixes).toHaveLength(item.affixes.length);
      if (item.affixes.length > 0) expect(other.affixes).not.toEqual(item.affixes);
    }),
  );
});
