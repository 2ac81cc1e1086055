import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock, systemEntropy } from '../../bot/system.ts';

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

test.each([-3_600_000, 3_600_000])(
  'systemClock measures durations when the clock of the machine is moved by %i ms',
  (movedMs) => {
    const beforeMs = systemClock.now();
    expect(Math.abs(beforeMs - Date.now())).toBeLessThan(1_000);
    const moved = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + movedMs);
    onTestFinished(() => {
      moved.mockRestore();
    });
    const passedMs = systemClock.now() - beforeMs;
    expect(passedMs).toBeGreaterThanOrEqual(0);
    expect(passedMs).toBeLessThan(1_000);
  },
);
