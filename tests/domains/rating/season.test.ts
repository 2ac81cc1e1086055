import { expect, test } from 'vitest';
import { SEASON_WEEKS } from '../../../resources/numbers/rating.ts';
import { afterSeasons, presentSeason, seasonEnd } from '../../../domains/rating/season.ts';
import { leagueAfter } from '../../../domains/rating/league.ts';

const at = (iso: string) => Date.parse(iso);

test.each([
  ['exactly its weeks from a Sunday', '2026-01-04T18:00:00Z', '2026-01-05T00:00:00Z', '2026-03-01'],
  ['the Sunday after its weeks', '2026-01-07T12:00:00Z', '2026-01-07T12:00:00Z', '2026-03-08'],
  [
    'the next Sunday if its weeks are past',
    '2026-01-04T18:00:00Z',
    '2026-06-03T00:00:00Z',
    '2026-06-07',
  ],
  ['not at this very moment', '2026-01-04T18:00:00Z', '2026-03-01T18:00:00Z', '2026-03-08'],
])('a season ends on %s', (...[, started, now, day]) => {
  const endsAtMs = seasonEnd(at(started), SEASON_WEEKS, at(now));
  expect(new Date(endsAtMs).toISOString()).toBe(`${day}T18:00:00.000Z`);
});

test('the present season is the latest that has begun, from its first millisecond on', () => {
  const season = (number: number, startedAtMs: number) => {
    return { number, startedAtMs, endsAtMs: null, closedAtMs: null };
  };
  const all = [season(0, 0), season(1, 100)];
  expect([99, 100].map((nowMs) => presentSeason(all, nowMs)?.number)).toEqual([0, 1]);
  expect(presentSeason([], 5)).toBeNull();
});

test('a new season brings a rating nearer to the start and makes it less certain, once for each end', () => {
  expect(afterSeasons({ mu: 33, sigma: 2.3 }, 1)).toEqual({ mu: 31, sigma: 3.397058 });
  expect(afterSeasons({ mu: 17, sigma: 4 }, 1)).toEqual({ mu: 19, sigma: 4.166667 });
  expect(afterSeasons({ mu: 33, sigma: 2.3 }, 2)).toEqual({ mu: 29.5, sigma: 4.166667 });
  expect(afterSeasons({ mu: 33, sigma: 2.3 }, 0)).toEqual({ mu: 33, sigma: 2.3 });
});

test.each([
  [null, 1399, 'bronze'],
  [null, 1400, 'silver'],
  [null, 1700, 'diamond'],
  ['silver', 1499, 'silver'],
  ['silver', 1500, 'gold'],
  ['gold', 1475, 'gold'],
  ['gold', 1474, 'silver'],
  ['gold', 1370, 'bronze'],
  ['bronze', 900, 'bronze'],
] as const)('from %s with %i one is in %s', (before, shown, after) => {
  expect(leagueAfter(before, { shown, lifetime: 10 })).toBe(after);
});

test('a provisional number has no league', () => {
  expect(leagueAfter(null, { shown: 1700, lifetime: 9 })).toBeNull();
});
