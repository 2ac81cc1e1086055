import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { levelProgress, xpForLevel } from '../../../domains/account/level.ts';

describe('levelProgress', () => {
  test.each([
    [0, { level: 1, xpInLevel: 0, xpToNext: 30 }],
    [29, { level: 1, xpInLevel: 29, xpToNext: 30 }],
    [30, { level: 2, xpInLevel: 0, xpToNext: 60 }],
    [200, { level: 4, xpInLevel: 20, xpToNext: 120 }],
    [1_349, { level: 9, xpInLevel: 269, xpToNext: 270 }],
    [1_350, { level: 10, xpInLevel: 0, xpToNext: null }],
    [9_999, { level: 10, xpInLevel: 8_649, xpToNext: null }],
  ])('answers the level of %i experience', (xp, progress) => {
    expect(levelProgress(xp)).toEqual(progress);
  });

  test('loses no experience, and never answers a level too low', () => {
    fc.assert(
      fc.property(fc.nat(3_000), (xp) => {
        const { level, xpInLevel, xpToNext } = levelProgress(xp);
        expect(xpForLevel(level) + xpInLevel).toBe(xp);
        expect(xpInLevel).toBeGreaterThanOrEqual(0);
        if (xpToNext !== null) expect(xpInLevel).toBeLessThan(xpToNext);
      }),
    );
  });
});
