import { describe, expect, test } from 'vitest';
import {
  type Attributes,
  archetypes,
  attributeNames,
  attributesSchema,
} from '../../../domains/account/account-context.ts';
import { gearScore } from '../../../domains/account/gear-score.ts';
import { vitalsFor } from '../../../domains/account/vitals.ts';
import { archetypeNumbers } from '../../../resources/numbers/archetypes.ts';
import { DEFAULT_GS } from '../../../resources/numbers/arena.ts';
import { techniqueIds } from '../../../resources/numbers/techniques.ts';

function all(points: number): Attributes {
  return attributesSchema.parse(Object.fromEntries(attributeNames.map((name) => [name, points])));
}

describe('gearScore', () => {
  test('is the default for eight points in everything', () => {
    expect(gearScore(all(8))).toBe(DEFAULT_GS);
    expect(gearScore(all(0))).toBe(0);
    expect(gearScore(all(16))).toBe(2 * DEFAULT_GS);
  });

  test.each(archetypes)('of a new %s is within 3 of the default', (archetype) => {
    const score = gearScore(archetypeNumbers[archetype].attributes);
    expect(Math.abs(score - DEFAULT_GS)).toBeLessThanOrEqual(3);
  });

  test.each(attributeNames)('grows with every point of %s', (name) => {
    for (let points = 0; points < 60; points += 1) {
      const less = { ...all(8), [name]: points };
      expect(gearScore({ ...less, [name]: points + 1 })).toBeGreaterThan(gearScore(less));
    }
  });

  test('is a whole number', () => {
    for (let points = 0; points < 30; points += 1) {
      expect(Number.isInteger(gearScore({ ...all(7), luck: points }))).toBe(true);
    }
  });
});

describe('vitalsFor', () => {
  test('gives full vitals of 100, 50 and 100 for eight points in everything', () => {
    expect(vitalsFor(all(8))).toEqual({
      hp: { cur: 100, max: 100 },
      mp: { cur: 50, max: 50 },
      stamina: { cur: 100, max: 100 },
    });
  });

  test('gives some health without any points', () => {
    expect(vitalsFor(all(0)).hp.max).toBeGreaterThan(0);
  });

  test('never falls when an attribute rises', () => {
    for (const name of attributeNames) {
      const before = vitalsFor(all(8));
      const after = vitalsFor({ ...all(8), [name]: 9 });
      for (const vital of ['hp', 'mp', 'stamina'] as const) {
        expect(after[vital].max).toBeGreaterThanOrEqual(before[vital].max);
      }
    }
  });
});

describe('a new character', () => {
  test.each(archetypes)('of archetype %s has 72 points and four techniques', (archetype) => {
    const { attributes, techniques } = archetypeNumbers[archetype];
    expect(Object.values(attributes).reduce((sum, points) => sum + points, 0)).toBe(72);
    expect(techniques).toHaveLength(4);
    expect(techniques.at(-1)).toBe('breath');
  });

  test('has techniques of its archetype only, and every technique belongs to an archetype', () => {
    const known = archetypes.flatMap((archetype) => [...archetypeNumbers[archetype].techniques]);
    expect(new Set(known)).toEqual(new Set(techniqueIds));
    expect(known).toHaveLength(techniqueIds.length + archetypes.length - 1);
  });
});
