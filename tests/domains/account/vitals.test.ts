import fc from 'fast-check';
import { expect, test } from 'vitest';
import { damaged, healed } from '../../../domains/account/vitals.ts';

const points = fc.integer({ min: 0, max: 1_000_000 });
const vital = fc.tuple(points, points).map(([one, other]) => ({
  cur: Math.min(one, other),
  max: Math.max(one, other),
}));

test('damaged subtracts the points down to zero and keeps the maximum', () => {
  fc.assert(
    fc.property(vital, points, (before, hit) => {
      const after = damaged(before, hit);
      expect(before.cur - after.cur).toBe(Math.min(hit, before.cur));
      expect(after.max).toBe(before.max);
    }),
  );
});

test('healed adds the points up to the maximum and keeps the maximum', () => {
  fc.assert(
    fc.property(vital, points, (before, gain) => {
      const after = healed(before, gain);
      expect(after.cur - before.cur).toBe(Math.min(gain, before.max - before.cur));
      expect(after.max).toBe(before.max);
    }),
  );
});
