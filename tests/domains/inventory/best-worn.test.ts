import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { archetypes } from '../../../domains/account/account-context.ts';
import { bestWorn, compareItem, itemWorth } from '../../../domains/inventory/best-worn.ts';
import { slotFor } from '../../../domains/inventory/item.ts';
import { slots } from '../../../resources/numbers/items.ts';
import { anyItem, itemOf, someItems } from '../../support/items.ts';

const anyArchetype = fc.constantFrom(...archetypes);
const bestIds = (...notations: string[]) => {
  const best = bestWorn(notations.map(itemOf), 'warrior');
  return slots.map((slot) => best[slot]?.id ?? 0).join(' ');
};

describe('compareItem', () => {
  test('says by the archetype whether an item is better, like or worse', () => {
    const [axe, staff] = [itemOf('1 might_weapon rare ox'), itemOf('2 lore_weapon rare owl')];
    expect(compareItem(axe, staff, 'warrior')).toBe('better');
    expect(compareItem(axe, staff, 'mystic')).toBe('worse');
    expect(compareItem(axe, axe, 'mystic')).toBe('like');
  });

  test('says better than an empty slot of what is of use, and like of what is not', () => {
    expect(compareItem(itemOf('1 might_weapon common'), null, 'warrior')).toBe('better');
    expect(compareItem(itemOf('1 lore_weapon common'), null, 'warrior')).toBe('like');
  });

  test('says the opposite of the two items the other way round', () => {
    const opposite = { better: 'worse', like: 'like', worse: 'better' } as const;
    fc.assert(
      fc.property(anyItem, anyItem, anyArchetype, (one, other, archetype) => {
        const verdict = compareItem(one, other, archetype);
        expect(compareItem(other, one, archetype)).toBe(opposite[verdict]);
      }),
    );
  });
});

describe('bestWorn', () => {
  test('takes for each slot the item of the highest worth', () => {
    expect(
      bestIds('1 might_weapon common', '2 might_weapon fine hare', '3 lore_head epic owl'),
    ).toBe('2 0 3 0 0 0');
    expect(bestIds('1 might_weapon common', '2 lore_weapon epic owl')).toBe('1 0 0 0 0 0');
  });

  test('keeps what is worn if nothing is better, and takes the older of equals', () => {
    const equal = ['2 might_feet common', '1 might_feet common'].map(itemOf);
    expect(bestWorn(equal, 'warrior').feet?.id).toBe(1);
    const worn = equal.map((item) =>
      item.id === 2 ? { ...item, place: 'worn' as const, slot: 'feet' as const } : item,
    );
    expect(bestWorn(worn, 'warrior').feet?.id).toBe(2);
  });

  test('gives no slot less than any item could, whatever the order', () => {
    fc.assert(
      fc.property(someItems, anyArchetype, (items, archetype) => {
        const best = bestWorn(items, archetype);
        for (const slot of slots) {
          const worths = items
            .filter((item) => slotFor(item) === slot)
            .map((item) => itemWorth(item, archetype));
          const chosen = best[slot];
          if (chosen === null) expect(worths).toEqual([]);
          else {
            expect(slotFor(chosen)).toBe(slot);
            expect(itemWorth(chosen, archetype)).toBe(Math.max(...worths));
          }
        }
        expect(bestWorn(items.toReversed(), archetype)).toEqual(best);
      }),
    );
  });
});
