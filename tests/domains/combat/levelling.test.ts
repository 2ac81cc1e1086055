import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Archetype,
  archetypes,
  attributeNames,
} from '../../../domains/account/account-context.ts';
import { vitalsFor } from '../../../domains/account/vitals.ts';
import type { FighterSheet } from '../../../domains/combat/battle.ts';
import { levelSheets, worthOf } from '../../../domains/combat/levelling.ts';
import { WORTH_CAP, worthNumbers } from '../../../resources/numbers/worth.ts';
import { freshSheet } from '../../support/combat-sheets.ts';

const anyArchetype = fc.constantFrom(...archetypes);
const raises = fc.record(Object.fromEntries(attributeNames.map((name) => [name, fc.nat(12)])));
/** A character with any points more than a fresh one. */
const anySheet = fc
  .tuple(anyArchetype, raises)
  .map(([archetype, raised]) => freshSheet(archetype, raised));

/** A character with one point or two more, which are worth less than the cap. */
const weakSheet = fc
  .tuple(anyArchetype, fc.constantFrom(...attributeNames), fc.nat(1))
  .map(([archetype, name, points]) => freshSheet(archetype, { [name]: points }));

const highestPoint = ({ archetype }: FighterSheet) =>
  Math.max(...Object.values(worthNumbers[archetype]));
const pointsOf = ({ attributes }: FighterSheet) =>
  attributeNames.reduce((sum, name) => sum + attributes[name], 0);
/** What is above a fresh character: `strength 2, luck 1`. */
const extraOf = ({ archetype, attributes }: FighterSheet) => {
  const fresh = freshSheet(archetype).attributes;
  return attributeNames
    .filter((name) => attributes[name] !== fresh[name])
    .map((name) => `${name} ${attributes[name] - fresh[name]}`)
    .join(', ');
};

describe('levelSheets', () => {
  test.each(archetypes.flatMap((one) => archetypes.map((other) => [one, other] as const)))(
    'leaves a fresh %s and a fresh %s exactly as they are',
    (one, other) => {
      const sheets = [freshSheet(one), freshSheet(other)] as const;
      const levelled = levelSheets(sheets);
      expect(levelled.sheets[0]).toBe(sheets[0]);
      expect(levelled.sheets[1]).toBe(sheets[1]);
      expect(levelled.pointsRemoved).toEqual([0, 0]);
    },
  );

  test('makes anybody fresh against a fresh character', () => {
    fc.assert(
      fc.property(anySheet, anyArchetype, (veteran, archetype) => {
        const fresh = freshSheet(archetype);
        const { sheets, pointsRemoved } = levelSheets([veteran, fresh]);
        expect(sheets).toEqual([freshSheet(veteran.archetype), fresh]);
        expect(sheets[1]).toBe(fresh);
        expect(pointsRemoved).toEqual([pointsOf(veteran) - 72, 0]);
      }),
    );
  });

  test('leaves worths that differ by half a point at most, and are the cap at most', () => {
    fc.assert(
      fc.property(anySheet, anySheet, (one, other) => {
        const [first, second] = levelSheets([one, other]).sheets;
        const half = Math.max(highestPoint(one), highestPoint(other)) / 2;
        expect(Math.abs(worthOf(first) - worthOf(second))).toBeLessThanOrEqual(half);
        expect(Math.max(worthOf(first), worthOf(second))).toBeLessThanOrEqual(WORTH_CAP + 2 * half);
      }),
    );
  });

  test('takes nothing from the weaker side if it is worth less than the cap', () => {
    fc.assert(
      fc.property(weakSheet, anySheet, (weak, strong) => {
        fc.pre(worthOf(strong) > worthOf(weak));
        const { sheets, pointsRemoved } = levelSheets([weak, strong]);
        expect(sheets[0]).toBe(weak);
        expect(pointsRemoved[0]).toBe(0);
      }),
    );
  });

  test('takes only points above those of a fresh character, counts them, and lets vitals follow', () => {
    fc.assert(
      fc.property(anySheet, anySheet, (one, other) => {
        const { sheets, pointsRemoved } = levelSheets([one, other]);
        for (const [side, before] of [one, other].entries()) {
          const after = sheets[side === 0 ? 0 : 1];
          const fresh = freshSheet(before.archetype).attributes;
          for (const name of attributeNames) {
            expect(after.attributes[name]).toBeGreaterThanOrEqual(fresh[name]);
            expect(after.attributes[name]).toBeLessThanOrEqual(before.attributes[name]);
          }
          expect(pointsOf(before) - pointsOf(after)).toBe(pointsRemoved[side]);
          expect(after).toEqual({
            ...before,
            attributes: after.attributes,
            stats: vitalsFor(after.attributes),
          });
        }
      }),
    );
  });

  test('answers the same for the same sheets, and the same the other way round', () => {
    fc.assert(
      fc.property(anySheet, anySheet, (one, other) => {
        fc.pre(worthOf(one) !== worthOf(other));
        const levelled = levelSheets([one, other]);
        expect(levelSheets([structuredClone(one), structuredClone(other)])).toEqual(levelled);
        const swapped = levelSheets([other, one]);
        expect(swapped.sheets.toReversed()).toEqual(levelled.sheets);
        expect(swapped.pointsRemoved.toReversed()).toEqual(levelled.pointsRemoved);
      }),
    );
  });

  test('keeps the proportions of a build', () => {
    const build = freshSheet('warrior', { strength: 8, charisma: 8 });
    const weak = freshSheet('warrior', { strength: 2 });
    const { sheets, pointsRemoved } = levelSheets([build, weak]);
    expect(extraOf(sheets[0])).toBe('strength 2');
    expect(pointsRemoved).toEqual([14, 0]);
  });

  test('keeps what is below a fresh character, and lets it count', () => {
    const odd = freshSheet('mystic', { strength: -3, endurance: 3 });
    const { sheets, pointsRemoved } = levelSheets([odd, freshSheet('mystic')]);
    expect(sheets[0].attributes.strength).toBe(freshSheet('mystic').attributes.strength - 3);
    expect(pointsRemoved[1]).toBe(0);
    expect(Math.abs(worthOf(sheets[0]))).toBeLessThan(worthNumbers.mystic.endurance / 2);
  });

  test('keeps the present health of a fighter, as far as its maximum allows', () => {
    const sheet = freshSheet('duelist', { endurance: 6 });
    const hurt = { ...sheet, stats: { ...sheet.stats, hp: { ...sheet.stats.hp, cur: 20 } } };
    const [levelled] = levelSheets([hurt, freshSheet('duelist')]).sheets;
    expect(levelled.stats).toEqual({
      ...vitalsFor(levelled.attributes),
      hp: { cur: 20, max: vitalsFor(levelled.attributes).hp.max },
    });
  });
});

test.each(archetypes)('every point is worth something to a %s', (archetype: Archetype) => {
  expect(Math.min(...Object.values(worthNumbers[archetype]))).toBeGreaterThan(0);
});
