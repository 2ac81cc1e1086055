import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  energyAt,
  energyFullAtMs,
  healedStats,
  restedPercent,
  restedUntil,
  spent,
} from '../../../domains/exploration/rested.ts';
import { newTravel } from '../../../domains/inventory/travel.ts';

const MIN = 60_000;
const T0 = Date.parse('2026-03-01T12:00:00Z');
const energy = (points: number) => ({ energy: points, energyAtMs: T0 });

describe('energy', () => {
  test.each([
    [10, 19, 10],
    [10, 20, 11],
    [10, 99, 14],
    [0, 480, 24],
    [23, 900, 24],
    [10, -60, 10],
  ])('of %i is, %i minutes later, %i', (points, minutes, now) => {
    expect(energyAt(energy(points), T0 + minutes * MIN)).toBe(now);
  });

  test('that is spent keeps the minutes on the way to the next point', () => {
    const after = spent(energy(10), 3, T0 + 30 * MIN);
    expect(after).toEqual({ energy: 8, energyAtMs: T0 + 20 * MIN });
    const fullAtMs = T0 + 20 * MIN + 16 * 20 * MIN;
    expect(energyFullAtMs(after ?? energy(0), T0 + 30 * MIN)).toBe(fullAtMs);
  });

  test('that was full begins to come back when it is spent', () => {
    const after = spent(energy(20), 1, T0 + 600 * MIN);
    expect(after).toEqual({ energy: 23, energyAtMs: T0 + 600 * MIN });
    expect(energyFullAtMs(energy(24), T0)).toBeNull();
  });

  test('that is not enough is not spent', () => {
    expect(spent(energy(2), 3, T0 + 19 * MIN)).toBeNull();
    expect(spent(energy(2), 3, T0 + 20 * MIN)).toMatchObject({ energy: 0 });
  });

  test('stays within its limits, never grows by a tap, and no more is spent than there was and came', () => {
    const taps = fc.array(
      fc.record({ waitedMs: fc.integer({ min: -MIN, max: 90 * MIN }), cost: fc.nat(4) }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 24 }), taps, (first, list) => {
        let [stored, nowMs, used, latestMs] = [energy(first), T0, 0, T0];
        for (const { waitedMs, cost } of list) {
          nowMs += waitedMs;
          latestMs = Math.max(latestMs, nowMs);
          const before = energyAt(stored, nowMs);
          const after = spent(stored, cost, nowMs);
          if (after === null) {
            expect(before).toBeLessThan(cost);
            continue;
          }
          expect(energyAt(after, nowMs)).toBe(before - cost);
          expect(after.energy).toBeGreaterThanOrEqual(0);
          expect(after.energy).toBeLessThanOrEqual(24);
          [stored, used] = [after, used + cost];
        }
        expect(used).toBeLessThanOrEqual(first + (latestMs - T0) / (20 * MIN));
      }),
    );
  });
});

describe('vitals', () => {
  const stats = {
    hp: { cur: 10, max: 110 },
    mp: { cur: 50, max: 50 },
    stamina: { cur: 0, max: 99 },
  };

  test('come back by one percent a minute, up to the maximum', () => {
    const percent = restedPercent({ restedAtMs: T0 }, T0 + 20 * MIN + 59_999);
    expect(percent).toBe(20);
    expect(healedStats(stats, percent)).toEqual({
      hp: { cur: 32, max: 110 },
      mp: { cur: 50, max: 50 },
      stamina: { cur: 19, max: 99 },
    });
    expect(restedPercent(newTravel, T0)).toBe(100);
  });

  test('come back by the same percent however often they are given', () => {
    const waits = fc.array(fc.integer({ min: 0, max: 3 * MIN }), { maxLength: 30 });
    fc.assert(
      fc.property(waits, (list) => {
        let [restedAtMs, nowMs, given] = [T0, T0, 0];
        for (const waitedMs of list) {
          nowMs += waitedMs;
          given += restedPercent({ restedAtMs }, nowMs);
          restedAtMs = restedUntil({ restedAtMs }, nowMs);
        }
        expect(given).toBe(Math.floor((nowMs - T0) / MIN));
      }),
    );
  });

  test('wait while another clock is ahead', () => {
    expect(restedPercent({ restedAtMs: T0 }, T0 - MIN)).toBe(0);
    expect(restedUntil({ restedAtMs: T0 }, T0 - MIN)).toBe(T0);
  });
});
