import { expect, test } from 'vitest';
import { type Fault, faultKinds, planFaults } from '../../tools/chaos/fault-plan.ts';

const wish = { bots: 3, pauseMs: { least: 800, most: 4_000 } };

function first(seed: number, count: number): Fault[] {
  const faults = planFaults({ ...wish, seed });
  return Array.from({ length: count }, () => faults.next().value.fault);
}

test('the same seed brings the same faults in the same order', () => {
  expect(first(7, 30)).toEqual(first(7, 30));
  expect(first(7, 30)).not.toEqual(first(8, 30));
});

test('every round has all kinds of faults', () => {
  expect(new Set(first(7, 15).map(({ kind }) => kind))).toEqual(faultKinds);
  const second = first(7, 30).slice(15);
  expect(new Set(second.map(({ kind }) => kind))).toEqual(faultKinds);
});
