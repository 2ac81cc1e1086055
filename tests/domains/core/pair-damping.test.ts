import { expect, test } from 'vitest';
import { pairDamping } from '../../../domains/core/pair-damping.ts';

test('pairDamping counts the battles of a pair 1, ½, ¼, and then not at all', () => {
  expect([0, 1, 2, 3, 4, 100].map(pairDamping)).toEqual([1, 0.5, 0.25, 0, 0, 0]);
});
