import { describe, expect, test } from 'vitest';
import { curves, rulesWith } from '../../tools/simulate/simulated-curves.ts';
import { metricsOf } from '../../tools/simulate/search-metrics.ts';
import { simulateArena } from '../../tools/simulate/simulated-arena.ts';
import {
  type Arrival,
  generateArrivals,
  distributions,
} from '../../tools/simulate/simulated-arrivals.ts';
import {
  TELLING_SIDES,
  calibrationError,
  correctedTable,
} from '../../tools/simulate/rating-report.ts';
import { simulateRatings } from '../../tools/simulate/simulated-ratings.ts';
import { parseOptions } from '../../tools/simulate/simulate-options.ts';

import { repetitions } from '../support/repetitions.ts';

const rules = rulesWith(curves['shipped'] ?? []);

/** `1:100@0 2:101@2.5/7`: character, GearScore, time in seconds, user (default: its own). */
function arrivals(notation: string): Arrival[] {
  return notation.split(' ').map((one) => {
    const [, charId, gs, atS, user] = /^(\d+):(\d+)@([\d.]+)(?:\/(\d+))?$/.exec(one) ?? [];
    const id = Number(charId);
    const userId = user === undefined ? 1_000 + id : Number(user);
    return { charId: id, userId, gs: Number(gs), atMs: Number(atS) * 1_000, standing: 'middle' };
  });
}

/** Every search in the order of its end: `1-2 after 0 s`, `3-Shadow after 45 s`. */
function searchesOf(notation: string, endS = 600): string[] {
  const { outcomes, stillWaiting } = simulateArena(rules, arrivals(notation), endS * 1_000);
  const lines = outcomes.map(
    ({ arrival, opponent, waitedMs }) =>
      `${arrival.charId}-${opponent?.charId ?? 'Shadow'} after ${waitedMs / 1_000} s`,
  );
  return stillWaiting === 0 ? lines : [...lines, `${stillWaiting} waiting`];
}

describe('simulateArena', () => {
  test('matches two players of similar GearScore who arrive together at once', () => {
    expect(searchesOf('1:100@3 2:101@3')).toEqual(['2-1 after 0 s', '1-2 after 0 s']);
  });

  test('gives a lone player the Shadow in the first wave after 45 s', () => {
    expect(searchesOf('1:100@3')).toEqual(['1-Shadow after 45 s']);
    expect(searchesOf('1:100@3.4')).toEqual(['1-Shadow after 45.6 s']);
  });

  test('matches two in a wave once the window of the longer wait is wide enough', () => {
    expect(searchesOf('1:100@0 2:118@1')).toEqual(['1-2 after 10 s', '2-1 after 9 s']);
    expect(searchesOf('1:100@0 2:190@1')).toEqual(['1-Shadow after 45 s', '2-Shadow after 45 s']);
  });

  test('takes the waiting player with the nearest GearScore', () => {
    expect(searchesOf('1:100@0 2:118@1 3:117@2')).toEqual([
      '3-2 after 0 s',
      '2-3 after 1 s',
      '1-Shadow after 45 s',
    ]);
  });

  test('never matches two characters of one user', () => {
    expect(searchesOf('1:100@0/7 2:100@0/7')).toEqual([
      '1-Shadow after 45 s',
      '2-Shadow after 45 s',
    ]);
  });

  test('prefers others to the last opponent, takes them if nobody else waits, and forgets them in time', () => {
    const after = '1:100@0 2:100@0';
    expect(searchesOf(`${after} 2:100@300 3:109@300 1:100@301`).slice(2, 4)).toEqual([
      '3-2 after 0 s',
      '2-3 after 0 s',
    ]);
    const { outcomes } = simulateArena(
      rules,
      arrivals(`${after} 1:100@300 2:100@300 1:100@4000 2:100@4000`),
      5_000_000,
    );
    expect(outcomes.map(({ isRematch }) => isRematch)).toEqual([
      false,
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  test('counts players who still wait at the end', () => {
    expect(searchesOf('1:100@0 2:100@1 3:100@590')).toEqual([
      '2-1 after 0 s',
      '1-2 after 1 s',
      '1 waiting',
    ]);
  });

  test.each(distributions)(
    'gives every arrival of %s a human, a Shadow or a wait, and pairs are mutual',
    (distribution) => {
      const options = generateArrivals({ perHour: 600, hours: 1, distribution, seed: 7 });
      const { outcomes, stillWaiting } = simulateArena(rules, options, 3_600_000);
      const humans = outcomes.filter(({ opponent }) => opponent !== null);
      expect(outcomes.length + stillWaiting).toBe(options.length);
      expect(options.length).toBeGreaterThan(500);
      const pairs = new Map(humans.map(({ arrival, opponent }) => [arrival, opponent]));
      for (const { arrival, opponent } of humans) {
        expect(arrival.userId).not.toBe(opponent?.userId);
        expect(opponent === null ? null : pairs.get(opponent)).toBe(arrival);
      }
      expect(pairs.size).toBe(humans.length);
      expect(humans.length % 2).toBe(0);
    },
  );
});

describe('generateArrivals', () => {
  const options = { perHour: 300, hours: 2, distribution: 'long-tail', seed: 3 } as const;

  test('answers the same arrivals for the same seed, and different ones for another', () => {
    expect(generateArrivals(options)).toEqual(generateArrivals(options));
    expect(generateArrivals({ ...options, seed: 4 })).not.toEqual(generateArrivals(options));
  });

  test('answers about as many arrivals as asked for, in order of time, each newcomer once', () => {
    const all = generateArrivals(options);
    expect(all.map(({ atMs }) => atMs)).toEqual(
      all.map(({ atMs }) => atMs).toSorted((one, other) => one - other),
    );
    expect(Math.abs(all.length - 600)).toBeLessThan(75);
    const newcomers = all.filter(({ standing }) => standing === 'newcomer');
    expect(new Set(newcomers.map(({ charId }) => charId)).size).toBe(newcomers.length);
    expect(newcomers.every(({ gs }) => gs >= 99 && gs <= 103)).toBe(true);
  });

  test('gives geared characters scores between fresh ones and those with everything', () => {
    const arrivals = generateArrivals({ ...options, perHour: 1_000, distribution: 'geared' });
    const scores = arrivals
      .filter(({ standing }) => standing !== 'newcomer')
      .map(({ gs }) => gs)
      .toSorted((one, other) => one - other);
    const at = (share: number) => scores[Math.floor(share * (scores.length - 1))] ?? 0;
    expect(at(0)).toBeGreaterThanOrEqual(99);
    expect(at(0.05)).toBeLessThan(112);
    expect(at(0.5)).toBeGreaterThan(130);
    expect(at(0.95)).toBeGreaterThan(150);
    expect(at(1)).toBeLessThan(168);
  });

  test('lets no character arrive again while it may still search or fight', () => {
    const lastMs = new Map<number, number>();
    for (const { charId, atMs } of generateArrivals(options)) {
      expect(atMs - (lastMs.get(charId) ?? Number.NEGATIVE_INFINITY)).toBeGreaterThan(299_000);
      lastMs.set(charId, atMs);
    }
  });
});

describe('the simulation report', () => {
  test('metricsOf answers shares, waits and relative differences', () => {
    const { outcomes } = simulateArena(rules, arrivals('1:100@0 2:110@2 3:500@3'), 600_000);
    const metrics = metricsOf(outcomes);
    expect(metrics.shadowShare).toBeCloseTo(1 / 3);
    expect(metrics.waitedMs.at(1)).toBe(45_000);
    expect(metrics.difference.at(1)).toBe(10);
    expect(metrics.relativeDifference.at(1)).toBeCloseTo(0.1);
    expect(metrics.goodShare).toBeCloseTo(2 / 3);
  });

  test('parseOptions rejects unknown names and malformed rates', () => {
    expect(parseOptions({ rate: '10/day,5/hour' }).rates.map(({ perHour }) => perHour)).toEqual([
      10 / 24,
      5,
    ]);
    expect(() => parseOptions({ rate: '10/week' })).toThrow('a rate reads');
    expect(() => parseOptions({ curve: 'steep' })).toThrow('shipped');
    expect(parseOptions({ hours: '3' }).hoursAt(1_000)).toBe(3);
  });
});

describe('simulateRatings', () => {
  const players = repetitions({ short: 1_000, full: 2_000 });
  const population = simulateRatings(rules, { players, battles: 30, seed: 1 });

  test('ranks players nearly as their hidden skill does after 30 battles each', () => {
    expect(population.battles).toBeGreaterThan(14 * players);
    const [early, , late] = population.correlations;
    expect(late).toBeGreaterThan(0.82);
    expect(late).toBeGreaterThan(early ?? NaN);
  });

  test('corrects chances to within three points in each decile', () => {
    const table = correctedTable(population);
    const telling = table.filter(({ sides }) => sides >= TELLING_SIDES);
    expect(telling.length).toBeGreaterThanOrEqual(6);
    expect(calibrationError(table)).toBeLessThan(0.03);
  });

  test('raises the number of a newcomer with each of ten wins', () => {
    const numbers = [1500, ...population.tenWins];
    expect(numbers).toHaveLength(11);
    expect(numbers).toEqual([...new Set(numbers)].toSorted((one, other) => one - other));
  });
});
