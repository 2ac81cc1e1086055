import { expect, test } from 'vitest';
import { type Fault, faultKinds, planFaults } from '../../tools/chaos/fault-plan.ts';

const options = { bots: 3, intervalMs: { min: 800, max: 4_000 } };

function first(seed: number, count: number): Fault[] {
  const faults = planFaults({ ...options, seed });
  return Array.from({ length: count }, () => faults.next().value.fault);
}

test('planFaults yields the same faults in the same order for the same seed', () => {
  expect(first(7, 30)).toEqual(first(7, 30));
  expect(first(7, 30)).not.toEqual(first(8, 30));
});

test('planFaults yields every kind of fault in each round', () => {
  expect(new Set(first(7, 15).map(({ kind }) => kind))).toEqual(faultKinds);
  const second = first(7, 30).slice(15);
  expect(new Set(second.map(({ kind }) => kind))).toEqual(faultKinds);
});
