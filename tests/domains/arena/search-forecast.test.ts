import { expect, test } from 'vitest';
import {
  type EndedSearch,
  SearchForecast,
  forecastOf,
} from '../../../domains/arena/search-forecast.ts';
import { FixedClock } from '../../support/clock.ts';

const rules = { gs: 100, shadowAfterMs: 45_000 };

/** So many searches that ended after this wait. */
function searches(count: number, waitedS: number, more: Partial<EndedSearch> = {}): EndedSearch[] {
  const search = { gs: 100, waitedMs: waitedS * 1_000, isShadow: false, ...more };
  return Array.from({ length: count }, (_, at) => ({ ...search, id: `m${at}` }));
}

test('the forecast is the median wait for a person, and the share that met one before the Shadow', () => {
  const ended = [...searches(4, 10), ...searches(4, 20), ...searches(2, 45, { isShadow: true })];
  expect(forecastOf(ended, rules)).toEqual({ share: 0.8, waitMs: 15_000 });
});

test('the forecast is none after nine searches, and has no wait if the Shadow came to all', () => {
  expect(forecastOf(searches(9, 10), rules)).toBeNull();
  const alone = searches(10, 45, { isShadow: true });
  expect(forecastOf(alone, rules)).toEqual({ share: 0, waitMs: null });
});

test('the forecast does not count who called the Shadow before it was due', () => {
  const ended = [...searches(10, 10), ...searches(30, 44, { isShadow: true })];
  expect(forecastOf(ended, rules)).toEqual({ share: 1, waitMs: 10_000 });
});

test('the forecast is of about the same GearScore if there are ten of it, else of all', () => {
  const far = searches(30, 40, { gs: 121 });
  expect(forecastOf([...searches(10, 5, { gs: 120 }), ...far], rules)?.waitMs).toBe(5_000);
  expect(forecastOf([...searches(9, 5, { gs: 120 }), ...far], rules)?.waitMs).toBe(40_000);
});

test('the forecast is read at most once in five seconds', async () => {
  const clock = new FixedClock();
  let reads = 0;
  const latest = () => Promise.resolve(searches(10, (reads += 1)));
  const forecast = new SearchForecast({ ...rules, searches: { latest }, clock });
  const waitOf = async (afterMs: number) => {
    clock.advance(afterMs);
    return (await forecast.of('1v1', 100))?.waitMs;
  };
  expect(await waitOf(0)).toBe(1_000);
  expect(await waitOf(4_999)).toBe(1_000);
  expect(await waitOf(2)).toBe(2_000);
});
