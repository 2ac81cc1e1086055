import fc from 'fast-check';
import { rate } from 'openskill';
import { bradleyTerryFull } from 'openskill/models';
import { describe, expect, test } from 'vitest';
import { type Rating, chanceOf, rateTeams, startRating } from '../../../domains/rating/weng-lin.ts';
import { BETA, TAU } from '../../../resources/numbers/rating.ts';

const ratings = fc.record({
  mu: fc.double({ min: -20, max: 70, noNaN: true }),
  sigma: fc.double({ min: 0.3, max: 25 / 6, noNaN: true }),
});
const winners = fc.constantFrom(0, 1, null);
const teamsOf = (size: number) => {
  const team = fc.array(ratings, { minLength: size, maxLength: size });
  return fc.tuple(team, team);
};

const ranks = { 0: [1, 2], 1: [2, 1], drawn: [1, 1] };

function byOracle(teams: [Rating[], Rating[]], winner: 0 | 1 | null): Rating[][] {
  const options = { tau: TAU, beta: BETA, limitSigma: true, model: bradleyTerryFull };
  return rate(teams, { ...options, rank: ranks[winner ?? 'drawn'] });
}

describe.each([1, 2, 3])('a battle of %i against %i', (size) => {
  test('is rated as openskill rates it, to 1e-9, for each winner', () => {
    fc.assert(
      fc.property(teamsOf(size), winners, (teams, winner) => {
        const expected = byOracle(teams, winner).flat();
        const own = rateTeams(teams, winner).flat();
        expect(own).toHaveLength(2 * size);
        for (const [at, { mu, sigma }] of own.entries()) {
          expect(Math.abs(mu - (expected[at]?.mu ?? NaN))).toBeLessThan(1e-9);
          expect(Math.abs(sigma - (expected[at]?.sigma ?? NaN))).toBeLessThan(1e-9);
        }
      }),
    );
  });

  test('never lowers a winner, raises a loser or raises a sigma', () => {
    fc.assert(
      fc.property(teamsOf(size), (teams) => {
        const [won, lost] = rateTeams(teams, 0);
        won.forEach(({ mu }, at) => {
          expect(mu).toBeGreaterThanOrEqual(teams[0][at]?.mu ?? NaN);
        });
        lost.forEach(({ mu }, at) => {
          expect(mu).toBeLessThanOrEqual(teams[1][at]?.mu ?? NaN);
        });
        const before = teams.flat();
        [...won, ...lost].forEach(({ sigma }, at) => {
          expect(sigma).toBeLessThanOrEqual(before[at]?.sigma ?? NaN);
        });
      }),
    );
  });

  test('has a chance for either side, and the two add up to 1', () => {
    fc.assert(
      fc.property(teamsOf(size), ([first, second]) => {
        expect(chanceOf([first, second]) + chanceOf([second, first])).toBeCloseTo(1, 12);
      }),
    );
  });
});

test('equals have an even chance, and the winner of their battle is expected to win the next', () => {
  expect(chanceOf([[startRating], [startRating]])).toBe(0.5);
  const [won, lost] = rateTeams([[startRating], [startRating]], 0);
  expect(chanceOf([won, lost])).toBeGreaterThan(0.55);
});
