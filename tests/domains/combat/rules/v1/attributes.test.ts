import { describe, expect, test } from 'vitest';
import {
  type Archetype,
  type AttributeName,
  archetypes,
  attributeNames,
} from '../../../../../domains/account/account-context.ts';
import { randomPolicy } from '../../../../../domains/combat/rules/v1/policy/random-policy.ts';
import { matchup, speed } from '../../../../../domains/combat/rules/v1/matchup.ts';
import { startBattle } from '../../../../../domains/combat/rules/v1/engine.ts';
import { fightSeries } from '../../../../support/combat-series.ts';
import { freshSheet, testSeed } from '../../../../support/combat-sheets.ts';
import { repetitions } from '../../../../support/repetitions.ts';

/** One of them in a short run: each takes a second and more. */
const MEASURED = repetitions({ short: 1, full: attributeNames.length });
const POINTS = 10;
const DUELS = 2_000;
/** Two and a half standard errors of a win rate over these duels. */
const NOISE = 0.028;

/** The win rate of a fighter with more of one attribute against an equal one. */
function winRate(archetype: Archetype, name: AttributeName): number {
  const raised = { sheet: freshSheet(archetype, { [name]: POINTS }), policy: randomPolicy };
  return fightSeries(raised, { ...raised, sheet: freshSheet(archetype) }, DUELS).winRate;
}

describe.each(attributeNames.slice(0, MEASURED))(`${POINTS} points more %s`, (name) => {
  const rates = archetypes.map((archetype) => winRate(archetype, name));

  test('do not lower the chance to win of any archetype', () => {
    expect(Math.min(...rates)).toBeGreaterThan(0.5 - NOISE);
  });

  test('raise it significantly for at least one archetype', () => {
    expect(Math.max(...rates)).toBeGreaterThan(0.5 + 2 * NOISE);
  });
});

describe('the matchup of two fighters', () => {
  const fightersOf = (raised: Partial<Record<AttributeName, number>>) =>
    startBattle(testSeed(1), [freshSheet('warrior', raised), freshSheet('warrior')]).fighters;

  test('has no edges between equals', () => {
    const [one, other] = fightersOf({});
    const { power, block, control, counter, crit, dodge, miss, parry, ...rest } = matchup(
      one,
      other,
    );
    expect(speed(one)).toBe(speed(other));
    expect(rest.favour).toBe(1);
    const edges = [power, block, control, counter, crit, dodge, miss, parry];
    expect(edges.every((edge) => edge > 0.75 && edge < 1.35)).toBe(true);
  });

  test('has no attribute that helps the opponent', () => {
    for (const name of attributeNames) {
      const [one, other] = fightersOf({ [name]: 20 });
      const plain = fightersOf({});
      const own = matchup(one, other);
      const was = matchup(plain[0], plain[1]);
      // Chances against the own blow fall, chances for it rise.
      for (const against of ['miss', 'dodge', 'parry', 'block', 'counter', 'insight'] as const) {
        expect(own[against]).toBeLessThanOrEqual(was[against]);
      }
      for (const inFavour of ['power', 'potency', 'crit', 'control', 'favour'] as const) {
        expect(own[inFavour]).toBeGreaterThanOrEqual(was[inFavour]);
      }
    }
  });
});
