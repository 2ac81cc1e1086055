import { describe, expect, test } from 'vitest';
import {
  type ReliabilityTable,
  battlesIn,
  calibrated,
  isCalibrated,
} from '../../../domains/rating/calibration.ts';
import { Chances } from '../../../domains/rating/chances.ts';
import { newcomer } from '../../../domains/rating/standing.ts';
import { FixedClock } from '../../support/clock.ts';
import { RecordingLog } from '../../support/recording-log.ts';

/** Predictions that promise twice the true distance from one half. */
function boastful(sides: number): ReliabilityTable {
  return Array.from({ length: 10 }, (_, decile) => {
    const predicted = (decile + 0.5) / 10;
    return { decile, sides, predicted, won: 0.5 + (predicted - 0.5) / 2 };
  });
}

describe('calibrated', () => {
  test('moves a chance to what happened, between the deciles too', () => {
    expect(calibrated(boastful(1e6), 0.75)).toBeCloseTo(0.625, 3);
    expect(calibrated(boastful(1e6), 0.7)).toBeCloseTo(0.6, 3);
    expect(calibrated(boastful(1e6), 0.25)).toBeCloseTo(0.375, 3);
  });

  test('hardly moves it by few battles, and not at all by none', () => {
    expect(calibrated(boastful(2), 0.75)).toBeGreaterThan(0.74);
    expect(calibrated([], 0.75)).toBeCloseTo(0.75, 12);
  });

  test('keeps one half, certainty, and the sum of both sides', () => {
    const lopsided = [{ decile: 6, sides: 900, predicted: 0.65, won: 0.5 }];
    for (const table of [boastful(100), lopsided, []]) {
      for (const fixed of [0, 0.5, 1]) expect(calibrated(table, fixed)).toBeCloseTo(fixed, 12);
      for (const chance of [0.05, 0.33, 0.61, 0.99]) {
        const sum = calibrated(table, chance) + calibrated(table, 1 - chance);
        expect(sum).toBeCloseTo(1, 12);
      }
    }
  });

  test('begins with 200 battles, each of which has two sides', () => {
    expect(battlesIn(boastful(40))).toBe(200);
    expect([boastful(39), boastful(40)].map(isCalibrated)).toEqual([false, true]);
  });
});

describe('Chances', () => {
  const strong = { ...newcomer, mu: 30 };

  test('are of the formula until the table has been read, then corrected, and read again in time', async () => {
    const clock = new FixedClock();
    const log = new RecordingLog();
    let read = 0;
    const reliability = () => Promise.resolve(((read += 1), boastful(1_000)));
    const chances = new Chances({ ratings: { reliability }, clock, log });
    const first = chances.of(strong, newcomer);
    expect(first).toMatchObject({ isCalibrated: false });
    await chances.refresh();
    const second = chances.of(strong, newcomer);
    expect(second.isCalibrated).toBe(true);
    expect(second.chance).toBeLessThan(first.chance);
    expect(second.chance).toBeGreaterThan(0.5);
    expect(read).toBe(1);
    clock.advance(301_000);
    await chances.refresh();
    expect(read).toBe(2);
  });

  test('keep the last table while it cannot be read, and the failure is logged once', async () => {
    const clock = new FixedClock();
    const log = new RecordingLog();
    let fails = false;
    const reliability = () =>
      fails ? Promise.reject(new Error('down')) : Promise.resolve(boastful(1_000));
    const chances = new Chances({ ratings: { reliability }, clock, log });
    await chances.refresh();
    fails = true;
    for (let n = 0; n < 2; n += 1) {
      clock.advance(301_000);
      await chances.refresh();
    }
    expect(chances.of(strong, newcomer).isCalibrated).toBe(true);
    expect(log.lines.map(({ message }) => message)).toEqual(['reliability table not read']);
  });
});
