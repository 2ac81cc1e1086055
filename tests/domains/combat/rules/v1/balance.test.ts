import { describe, expect, test } from 'vitest';
import { type Archetype, archetypes } from '../../../../../domains/account/account-context.ts';
import type { Policy } from '../../../../../domains/combat/rules/policy.ts';
import { randomPolicy } from '../../../../../domains/combat/rules/v1/policy/random-policy.ts';
import { readerPolicy } from '../../../../../tools/balance/reader-policy.ts';
import { shadowPolicy } from '../../../../../domains/combat/rules/v1/policy/shadow-policy.ts';
import { fightSeries, quantile } from '../../../../support/combat-series.ts';
import { mean } from '../../../../support/combat-notation.ts';
import { evenSheet, freshSheet } from '../../../../support/combat-sheets.ts';
import { repetitions } from '../../../../support/repetitions.ts';

/** `npm run balance` prints the full tables, from 2,000 duels each. */
const DUELS = repetitions({ short: 200, full: 400 });

const contender = (archetype: Archetype, policy: Policy) => ({
  sheet: freshSheet(archetype),
  policy,
});

describe.each([
  ['shadows', shadowPolicy, repetitions({ short: 120, full: 1_000 })],
  ['readers', readerPolicy, repetitions({ short: 60, full: 400 })],
] as const)('among %s', (_, policy, duels) => {
  const pairs = archetypes.flatMap((one, at) =>
    archetypes.slice(at + 1).map((other) => ({
      one,
      other,
      ...fightSeries(contender(one, policy), contender(other, policy), duels),
    })),
  );

  test.each(archetypes)('the %s wins 40–60 %% of its duels against the others', (archetype) => {
    const rates = pairs
      .filter(({ one, other }) => one === archetype || other === archetype)
      .map(({ one, winRate }) => (one === archetype ? winRate : 1 - winRate));
    expect(rates).toHaveLength(3);
    expect(mean(rates)).toBeGreaterThan(0.4);
    expect(mean(rates)).toBeLessThan(0.6);
  });

  test('no archetype is without a chance against another', () => {
    const rates = pairs.map(({ winRate }) => winRate);
    expect(Math.min(...rates)).toBeGreaterThan(0.3);
    expect(Math.max(...rates)).toBeLessThan(0.7);
  });

  test('a duel between equals takes 8–14 exchanges', () => {
    const lengths = archetypes
      .flatMap(
        (each) =>
          fightSeries(
            contender(each, policy),
            contender(each, policy),
            repetitions({ short: 30, full: 150 }),
          ).lengths,
      )
      .toSorted((a, b) => a - b);
    expect(mean(lengths)).toBeGreaterThan(9.5);
    expect(mean(lengths)).toBeLessThan(12.5);
    expect(quantile(lengths, 0.1)).toBeGreaterThanOrEqual(8);
    expect(quantile(lengths, 0.9)).toBeLessThanOrEqual(14);
  });
});

test('a duel between equals takes as long at twice the strength', () => {
  const twice = (archetype: Archetype) => {
    const fresh = freshSheet(archetype);
    const { attributes } = fresh;
    return { sheet: freshSheet(archetype, attributes), policy: shadowPolicy };
  };
  const lengths = archetypes.flatMap(
    (archetype) => fightSeries(twice(archetype), twice(archetype), 100).lengths,
  );
  expect(mean(lengths)).toBeGreaterThan(8);
  expect(mean(lengths)).toBeLessThan(14);
});

describe('choices decide more than dice', () => {
  const against = (one: Policy, other: Policy) =>
    archetypes.map(
      (each) => fightSeries(contender(each, one), contender(each, other), DUELS).winRate,
    );

  test('the reader policy beats random choices in at least 80 % of the duels', () => {
    const rates = against(readerPolicy, randomPolicy);
    expect(mean(rates)).toBeGreaterThan(0.8);
    expect(Math.min(...rates)).toBeGreaterThan(0.76);
  });

  test('the Shadow beats random choices in 60–75 % of the duels', () => {
    const rates = against(shadowPolicy, randomPolicy);
    expect(Math.min(...rates)).toBeGreaterThan(0.6);
    expect(Math.max(...rates)).toBeLessThan(0.75);
  });

  test('the reader policy beats the Shadow', () => {
    expect(mean(against(readerPolicy, shadowPolicy))).toBeGreaterThan(0.52);
  });

  test('an eighth more of every attribute does not outweigh random choices', () => {
    const strong = {
      sheet: evenSheet(9, 'crushing_blow', 'war_cry', 'breath'),
      policy: randomPolicy,
    };
    const wise = {
      sheet: evenSheet(8, 'crushing_blow', 'war_cry', 'breath'),
      policy: readerPolicy,
    };
    expect(fightSeries(wise, strong, DUELS).winRate).toBeGreaterThan(0.5);
  });
});
