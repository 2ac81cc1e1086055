import { describe, expect, test } from 'vitest';
import { curves, rulesWith } from '../../tools/simulate/simulated-curves.ts';
import { metricsOf } from '../../tools/simulate/search-metrics.ts';
import { simulateArena } from '../../tools/simulate/simulated-arena.ts';
import {
  type Arrival,
  generateArrivals,
  distributions,
} from '../../tools/simulate/simulated-arrivals.ts';
import { parseOptions } from '../../tools/simulate/simulate-options.ts';

const rules = rulesWith(curves['shipped'] ?? []);

/** `1:100@0 2:101@2.5/7`: whose, GearScore, when in seconds, the user (one of his own). */
function arrivals(notation: string): Arrival[] {
  return notation.split(' ').map((one) => {
    const [, charId, gs, atS, user] = /^(\d+):(\d+)@([\d.]+)(?:\/(\d+))?$/.exec(one) ?? [];
    const id = Number(charId);
    const userId = user === undefined ? 1_000 + id : Number(user);
    return { charId: id, userId, gs: Number(gs), atMs: Number(atS) * 1_000, standing: 'middle' };
  });
}

/** Every search in the order of its end: `1-2 after 0 s`, `3-Shadow after 45 s`. */
function fatesOf(notation: string, endS = 600): string[] {
  const { fates, stillWaiting } = simulateArena(rules, arrivals(notation), endS * 1_000);
  const told = fates.map(
    ({ arrival, opponent, waitedMs }) =>
      `${arrival.charId}-${opponent?.charId ?? 'Shadow'} after ${waitedMs / 1_000} s`,
  );
  return stillWaiting === 0 ? told : [...told, `${stillWaiting} waiting`];
}

describe('the simulated arena', () => {
  test('two like players who arrive together are matched at once', () => {
    expect(fatesOf('1:100@3 2:101@3')).toEqual(['2-1 after 0 s', '1-2 after 0 s']);
  });

  test('a lone player meets the Shadow with the first wave after 45 s', () => {
    expect(fatesOf('1:100@3')).toEqual(['1-Shadow after 45 s']);
    expect(fatesOf('1:100@3.4')).toEqual(['1-Shadow after 45.6 s']);
  });

  test('a wave matches two when the window of whoever waits longer has become wide enough', () => {
    expect(fatesOf('1:100@0 2:118@1')).toEqual(['1-2 after 10 s', '2-1 after 9 s']);
    expect(fatesOf('1:100@0 2:190@1')).toEqual(['1-Shadow after 45 s', '2-Shadow after 45 s']);
  });

  test('the nearest of those who wait is taken', () => {
    expect(fatesOf('1:100@0 2:118@1 3:117@2')).toEqual([
      '3-2 after 0 s',
      '2-3 after 1 s',
      '1-Shadow after 45 s',
    ]);
  });

  test('two characters of one user are never matched', () => {
    expect(fatesOf('1:100@0/7 2:100@0/7')).toEqual(['1-Shadow after 45 s', '2-Shadow after 45 s']);
  });

  test('the last opponent comes after others, is taken where there is nobody else, and is forgotten', () => {
    const after = '1:100@0 2:100@0';
    expect(fatesOf(`${after} 2:100@300 3:109@300 1:100@301`).slice(2, 4)).toEqual([
      '3-2 after 0 s',
      '2-3 after 0 s',
    ]);
    const { fates } = simulateArena(
      rules,
      arrivals(`${after} 1:100@300 2:100@300 1:100@4000 2:100@4000`),
      5_000_000,
    );
    expect(fates.map(({ isAgain }) => isAgain)).toEqual([false, false, true, true, false, false]);
  });

  test('whoever still waits at the end is counted, not lost', () => {
    expect(fatesOf('1:100@0 2:100@1 3:100@590')).toEqual([
      '2-1 after 0 s',
      '1-2 after 1 s',
      '1 waiting',
    ]);
  });

  test.each(distributions)(
    'every arrival of %s meets a human, his Shadow or still waits; couples are mutual',
    (distribution) => {
      const crowd = generateArrivals({ perHour: 600, hours: 1, distribution, seed: 7 });
      const { fates, stillWaiting } = simulateArena(rules, crowd, 3_600_000);
      const humans = fates.filter(({ opponent }) => opponent !== null);
      expect(fates.length + stillWaiting).toBe(crowd.length);
      expect(crowd.length).toBeGreaterThan(500);
      const couples = new Map(humans.map(({ arrival, opponent }) => [arrival, opponent]));
      for (const { arrival, opponent } of humans) {
        expect(arrival.userId).not.toBe(opponent?.userId);
        expect(opponent === null ? null : couples.get(opponent)).toBe(arrival);
      }
      expect(couples.size).toBe(humans.length);
      expect(humans.length % 2).toBe(0);
    },
  );
});

describe('simulated arrivals', () => {
  const crowd = { perHour: 300, hours: 2, distribution: 'long-tail', seed: 3 } as const;

  test('are the same for the same seed, and others for another', () => {
    expect(generateArrivals(crowd)).toEqual(generateArrivals(crowd));
    expect(generateArrivals({ ...crowd, seed: 4 })).not.toEqual(generateArrivals(crowd));
  });

  test('come in order, about as many as were asked for, a newcomer only once', () => {
    const all = generateArrivals(crowd);
    expect(all.map(({ atMs }) => atMs)).toEqual(
      all.map(({ atMs }) => atMs).toSorted((one, other) => one - other),
    );
    expect(Math.abs(all.length - 600)).toBeLessThan(75);
    const newcomers = all.filter(({ standing }) => standing === 'newcomer');
    expect(new Set(newcomers.map(({ charId }) => charId)).size).toBe(newcomers.length);
    expect(newcomers.every(({ gs }) => gs >= 99 && gs <= 103)).toBe(true);
  });

  test('nobody comes again while he may still be searching or fighting', () => {
    const lastMs = new Map<number, number>();
    for (const { charId, atMs } of generateArrivals(crowd)) {
      expect(atMs - (lastMs.get(charId) ?? Number.NEGATIVE_INFINITY)).toBeGreaterThan(299_000);
      lastMs.set(charId, atMs);
    }
  });
});

describe('what is told of a simulation', () => {
  test('the share of Shadows, the wait and the difference as a share of the weaker one', () => {
    const { fates } = simulateArena(rules, arrivals('1:100@0 2:110@2 3:500@3'), 600_000);
    const figures = metricsOf(fates);
    expect(figures.shadowShare).toBeCloseTo(1 / 3);
    expect(figures.waitedMs.at(1)).toBe(45_000);
    expect(figures.difference.at(1)).toBe(10);
    expect(figures.unlikeness.at(1)).toBeCloseTo(0.1);
    expect(figures.goodShare).toBeCloseTo(2 / 3);
  });

  test('a flag that asks for what there is not is refused', () => {
    expect(parseOptions({ rate: '10/day,5/hour' }).rates.map(({ perHour }) => perHour)).toEqual([
      10 / 24,
      5,
    ]);
    expect(() => parseOptions({ rate: '10/week' })).toThrow('a rate reads');
    expect(() => parseOptions({ curve: 'steep' })).toThrow('shipped');
    expect(parseOptions({ hours: '3' }).hoursAt(1_000)).toBe(3);
  });
});
