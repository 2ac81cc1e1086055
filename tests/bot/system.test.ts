import { expect, test } from 'vitest';
import { systemEntropy } from '../../bot/system.ts';

test('an id has twelve letters and digits, uniformly distributed, and is unique', () => {
  const ids = Array.from({ length: 6_000 }, () => systemEntropy.id());
  expect(ids.filter((id) => !/^[a-z0-9]{12}$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  const counts = new Map<string, number>();
  for (const letter of ids.join('')) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  // 2,000 of each are expected; by chance, 8 standard deviations are exceeded once in 10^15 runs.
  expect(counts.size).toBe(36);
  expect(Math.max(...[...counts.values()].map((count) => Math.abs(count - 2_000)))).toBeLessThan(
    360,
  );
});
