import { describe, expect, test } from 'vitest';
import { archetypes, attributeNames } from '../../domains/account/account-context.ts';
import {
  affixes,
  ownStyles,
  rarities,
  slots,
  styles,
  templates,
} from '../../resources/numbers/items.ts';

const all = Object.entries(templates);

describe('items', () => {
  test('have one template for each slot and style, and one charm for each style from scenarios', () => {
    const anywhere = all.filter(([, { source }]) => source === 'anywhere');
    const expected = Object.keys(styles).flatMap((style) =>
      slots.map((slot) => `${style}_${slot}`),
    );
    expect(anywhere.map(([id]) => id)).toEqual(expected);
    for (const [id, { style, slot }] of anywhere) expect(id).toBe(`${style}_${slot}`);
    const scenario = all.filter(([, { source }]) => source === 'scenario');
    expect(scenario.map(([, { slot, style }]) => `${slot} ${style}`)).toEqual(
      Object.keys(styles).map((style) => `charm ${style}`),
    );
    expect(all).toHaveLength(28);
  });

  test('have rarities whose shares add up to their points, and which cost more than they sell for', () => {
    for (const { points, main, second, affixes: count, sells, costs } of Object.values(rarities)) {
      expect(main + second + count).toBe(points);
      expect(costs ?? Infinity).toBeGreaterThan(sells);
    }
    expect(Object.values(rarities).map(({ points }) => points)).toEqual([1, 2, 3, 4]);
  });

  test('have one affix for each attribute, and one style for each archetype', () => {
    expect(Object.values(affixes).toSorted()).toEqual(attributeNames.toSorted());
    const chosen = archetypes.map((archetype) => ownStyles[archetype]);
    expect(chosen.toSorted()).toEqual(Object.keys(styles).toSorted());
  });
});
