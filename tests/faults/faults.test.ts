import { expect, test } from 'vitest';
import { type Fault, plannedFaults } from './fault-plan.ts';

// The ordeal itself is `npm run faults`: its length is its point, and no test run is that long.
test('the same seed brings the same faults in the same order', () => {
  const first = (seed: number, count: number): Fault[] => {
    const faults = plannedFaults(seed, 3);
    return Array.from({ length: count }, () => faults.next().value.fault);
  };
  expect(first(7, 30)).toEqual(first(7, 30));
  expect(first(7, 30)).not.toEqual(first(8, 30));
  expect(new Set(first(7, 9).map(({ kind }) => kind)).size).toBe(7);
});
