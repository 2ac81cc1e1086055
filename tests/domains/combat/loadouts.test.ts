import { describe, expect, test } from 'vitest';
import { archetypes } from '../../../domains/account/account-context.ts';
import { loadoutsOf } from '../../../domains/account/loadout.ts';
import {
  choicesFor,
  loadoutBand,
  loadoutWins,
  loadoutsTable,
} from '../../../tools/balance/loadouts.ts';
import { repetitions } from '../../support/repetitions.ts';

/** `npm run balance -- loadouts` prints all of them, from 2,000 duels each. */
const EVERY = repetitions({ short: 20, full: 1 });
const DUELS = repetitions({ short: 100, full: 500 });
/** Three standard errors of a short run, which has four series. */
const SLACK = repetitions({ short: 7, full: 0 });

const loadouts = archetypes.flatMap((archetype) =>
  loadoutsOf(archetype).map((techniques) => ({ archetype, techniques })),
);

describe('loadouts', () => {
  test.each(loadouts.filter((_, at) => at % EVERY === 0))(
    '$archetype with $techniques wins 44 to 56 in a hundred duels',
    (loadout) => {
      const rate = loadoutWins(loadout, DUELS);
      expect(rate).toBeGreaterThanOrEqual(loadoutBand.least - SLACK);
      expect(rate).toBeLessThanOrEqual(loadoutBand.most + SLACK);
    },
  );

  test.each(archetypes)('are among the choices of three techniques of a %s', (archetype) => {
    const choices = choicesFor(archetype).map(({ techniques }) => techniques);
    expect(choices).toHaveLength(35);
    for (const loadout of loadoutsOf(archetype)) expect(choices).toContainEqual(loadout);
  });

  test('loadoutsTable has a line for each choice, marks those outside and those that are none', () => {
    const lines = [...loadoutsTable(1)];
    expect(lines).toHaveLength(141);
    const none = lines.filter((line) => line.endsWith('(not a loadout)'));
    expect(none).toHaveLength(140 - loadouts.length);
    const outside = lines.filter((line) => line.includes('(outside)'));
    expect(lines.at(-1)).toContain(`${140 - outside.length} choices within 44–56 %`);
  });
});
