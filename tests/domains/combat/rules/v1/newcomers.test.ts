import { describe, expect, test } from 'vitest';
import { archetypes } from '../../../../../domains/account/account-context.ts';
import { newcomerTable, newcomerWins, targets } from '../../../../../tools/balance/newcomer.ts';
import { repetitions } from '../../../../support/repetitions.ts';

/** `npm run balance -- newcomer` prints the whole table, from 2,000 fights a cell. */
const FIGHTS = repetitions({ short: 400, full: 2_000 });
const levels = ['novice', 'apprentice'] as const;

describe.each(levels)('two random taps against the %s', (level) => {
  const { least, most } = targets[level];

  test.each(archetypes)(
    `of a fresh %s win ${least} to ${most} in a hundred fights`,
    (archetype) => {
      const rate = newcomerWins(archetype, { newcomer: 'two random taps', level }, FIGHTS);
      expect(rate).toBeGreaterThanOrEqual(least);
      expect(rate).toBeLessThanOrEqual(most);
    },
  );
});

test('the master wins more against two random taps than the apprentice, for every archetype', () => {
  for (const archetype of archetypes) {
    const against = (level: 'apprentice' | 'master') =>
      newcomerWins(archetype, { newcomer: 'two random taps', level }, 200);
    expect(against('master')).toBeLessThan(against('apprentice'));
  }
});

test('the table has a row for each level and way to play, and prints the targets', () => {
  const table = newcomerTable(2);
  expect(table).toHaveLength(2 + 9);
  expect(table.filter((row) => row.includes('55–70 %'))).toHaveLength(1);
  expect(table.filter((row) => row.includes('35–50 %'))).toHaveLength(1);
});
