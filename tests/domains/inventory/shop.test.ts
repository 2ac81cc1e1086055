import { describe, expect, test } from 'vitest';
import { archetypes } from '../../../domains/account/account-context.ts';
import { slotFor } from '../../../domains/inventory/item.ts';
import { seededDraw } from '../../../domains/inventory/seeded-draw.ts';
import { dateOf, nextDayAt, offersOf } from '../../../domains/inventory/shop.ts';
import { ownStyles, rarities, slots, templates } from '../../../resources/numbers/items.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const days = Array.from({ length: 500 }, (_, n) => dateOf(START + n * DAY_MS));
const warrior = { charId: 7, archetype: 'warrior' } as const;

describe('offersOf', () => {
  test('is the same for the same character and day, and another for another', () => {
    expect(offersOf(warrior, '2026-01-01')).toEqual(offersOf(warrior, '2026-01-01'));
    expect(offersOf(warrior, '2026-01-02')).not.toEqual(offersOf(warrior, '2026-01-01'));
    const other = { ...warrior, charId: 8 };
    expect(offersOf(other, '2026-01-01')).not.toEqual(offersOf(warrior, '2026-01-01'));
  });

  test.each(archetypes)(
    'has six different common or fine items for a %s, the own style first',
    (archetype) => {
      for (const day of days) {
        const offers = offersOf({ charId: 7, archetype }, day);
        expect(new Set(offers.map(({ item }) => item.template)).size).toBe(6);
        const isOwn = offers.map(
          ({ item }) => templates[item.template].style === ownStyles[archetype],
        );
        expect(isOwn).toEqual(isOwn.toSorted((one, other) => Number(other) - Number(one)));
        for (const { item, price } of offers) {
          expect(['common', 'fine']).toContain(item.rarity);
          expect(price).toBe(rarities[item.rarity].costs);
        }
      }
    },
  );

  test('gives every slot about equally often, also for neighbouring days', () => {
    const offered = days.flatMap((day) => offersOf(warrior, day)).map(({ item }) => slotFor(item));
    for (const slot of slots) {
      const share = offered.filter((one) => one === slot).length / offered.length;
      expect(Math.abs(share - 1 / 6)).toBeLessThan(0.03);
    }
  });
});

test('seededDraw gives the same numbers for the same text, below the given one', () => {
  const first = seededDraw('a');
  const drawn = Array.from({ length: 1_000 }, () => first(7));
  const again = seededDraw('a');
  expect(Array.from({ length: 1_000 }, () => again(7))).toEqual(drawn);
  expect(new Set(drawn)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]));
  const [one, other] = ['shop:7:2026-01-01', 'shop:7:2026-01-02'].map((seed) => {
    const draw = seededDraw(seed);
    return Array.from({ length: 10 }, () => draw(1_000));
  });
  expect(other).not.toEqual(one);
});

test('a day is a UTC date, and the next one begins at its midnight', () => {
  expect(dateOf(START - 1)).toBe('2025-12-31');
  expect(dateOf(START)).toBe('2026-01-01');
  expect(nextDayAt(START - 1)).toBe(START);
  expect(nextDayAt(START)).toBe(START + DAY_MS);
});
