import { describe, expect, test } from 'vitest';
import { archetypes, attributeNames } from '../../../domains/account/account-context.ts';
import { worthNumbers } from '../../../resources/numbers/worth.ts';
import { Sample } from '../../../tools/bench/sample.ts';
import {
  freshAgainstVeteran,
  levelledBand,
  measurePair,
  offOf,
  veteranBand,
  veteranSheet,
} from '../../../tools/balance/levelled.ts';
import { levelledTable } from '../../../tools/balance/levelled-table.ts';
import { measureRow, worthSource } from '../../../tools/balance/worth.ts';
import { freshSheet } from '../../support/combat-sheets.ts';
import { repetitions } from '../../support/repetitions.ts';

/** `npm run balance -- levelled` prints the whole tables. */
const PAIRS = repetitions({ short: 4, full: 40 });
const DUELS = repetitions({ short: 150, full: 1_000 });
/** In points: what so many duels vary by alone, three standard errors. */
const CHANCE = 300 * Math.sqrt(0.25 / DUELS);

describe('levelled duels', () => {
  const pairs = Array.from({ length: PAIRS }, (_, n) => measurePair(n, false, DUELS));
  const offs = pairs.map((pair) => Math.abs(offOf(pair)));

  test('of two builds of one archetype are won about as often as lost', () => {
    const most = (levelledBand.most - levelledBand.least) / 2;
    expect(Math.max(...offs)).toBeLessThan(Math.max(most, CHANCE + 3));
    expect(new Sample(offs).at(0.5)).toBeLessThan(Math.max(levelledBand.medianOff, CHANCE / 2));
  });

  test('take points from builds that would not be even without it', () => {
    const before = pairs.map(({ asTheyAre, fresh }) => Math.abs(asTheyAre - fresh));
    expect(new Sample(before).at(0.5)).toBeGreaterThan(10);
    expect(pairs.every(({ pointsRemoved }) => Math.max(...pointsRemoved) > 0)).toBe(true);
  });

  test.each(archetypes)('of a fresh %s against a veteran are even', (archetype) => {
    const wins = freshAgainstVeteran(archetype, DUELS);
    expect(wins).toBeGreaterThan(Math.min(veteranBand.least, 50 - CHANCE));
    expect(wins).toBeLessThan(Math.max(veteranBand.most, 50 + CHANCE));
  });

  test('measurePair answers the same for the same number, and another pair for another', () => {
    expect(measurePair(3, true, 2)).toEqual(measurePair(3, true, 2));
    expect(measurePair(3, true, 2)).not.toEqual(measurePair(7, true, 2));
  });

  test.each(archetypes)(
    'a veteran %s has 39 points more in the proportions of the archetype',
    (archetype) => {
      const [veteran, fresh] = [
        veteranSheet(archetype).attributes,
        freshSheet(archetype).attributes,
      ];
      const more = attributeNames.map((name) => veteran[name] - fresh[name]);
      expect(more.reduce((sum, points) => sum + points, 0)).toBe(39);
      for (const [at, name] of attributeNames.entries()) {
        expect(Math.abs((more[at] ?? 0) - (39 * fresh[name]) / 72)).toBeLessThanOrEqual(1);
      }
    },
  );
});

describe('the worth of attributes', () => {
  const measured = repetitions({ short: 1, full: archetypes.length });
  const duels = repetitions({ short: 100, full: 4_000 });
  // Three standard errors of a cell and of its baseline; the table itself comes from 4,000 duels.
  const error = duels === 4_000 ? 0 : (3 * 1000 * Math.sqrt(2 / (duels * 0.22))) / 6;

  test.each(archetypes.slice(-measured))(
    'of a %s is that of the table',
    (archetype) => {
      const row = measureRow(archetype, duels);
      for (const name of attributeNames) {
        const difference = Math.abs(row[name] - worthNumbers[archetype][name]);
        expect(difference).toBeLessThanOrEqual(error);
      }
    },
    300_000,
  );

  test('is printed as the source of the table', () => {
    const source = worthSource(structuredClone(worthNumbers)).join(' ');
    expect(source).toContain(`mystic: {     strength: ${worthNumbers.mystic.strength},`);
  });
});

test('the table of levelled duels has forty pairs of each kind and the band of each', () => {
  const lines = [...levelledTable(2)];
  expect(lines.filter((line) => line.includes('points removed'))).toHaveLength(80);
  expect(lines.filter((line) => line.includes('at most 6, median 3'))).toHaveLength(2);
  expect(lines.filter((line) => line.includes('46–54 %'))).toHaveLength(1);
});
