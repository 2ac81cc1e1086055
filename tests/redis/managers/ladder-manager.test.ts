import { beforeEach, describe, expect, test } from 'vitest';
import {
  type List,
  type ListView,
  type RankedEntry,
  groups,
} from '../../../domains/rating/ladder.ts';
import { LadderManager } from '../../../redis/managers/ladder-manager.ts';
import { describeOnEachRedis } from '../../support/redis-engines.ts';

const MINUTE_MS = 60_000;
const season = { number: 3, startedAtMs: Date.UTC(2026, 0, 4, 18) };
const list: List = { season: 3, of: 'all' };

function entry(charId: number, shown: number, minute = 0): RankedEntry {
  const reachedAtMs = season.startedAtMs + minute * MINUTE_MS;
  const of = charId % 2 === 0 ? 'mystic' : 'warrior';
  return { charId, name: `Name ${charId}|`, shown, of, reachedAtMs };
}

async function* inPages(entries: readonly RankedEntry[]) {
  for (let at = 0; at < entries.length; at += 7) yield entries.slice(at, at + 7);
  yield await Promise.resolve([]);
}

/** `charId:place` in order. */
const drawn = (view: ListView | null) =>
  [view?.best ?? [], view?.around ?? []].map((rows) =>
    rows.map(({ charId, place }) => `${charId}:${place}`).join(' '),
  );

describeOnEachRedis('the cached lists', 1, (redis) => {
  let lists: LadderManager;
  beforeEach(async () => {
    await redis().client.flushall();
    lists = new LadderManager(redis().client);
  });
  const make = (...entries: RankedEntry[]) => lists.rebuild(season, inPages(entries));

  test('equal numbers share a place, and the first to reach it stands first', async () => {
    await make(entry(1, 1600), entry(2, 1700, 9), entry(3, 1700, 8), entry(4, 1650), entry(5, 0));
    const view = await lists.view(list, 1);
    expect(drawn(view)).toEqual(['3:1 2:1 4:3 1:4 5:5', '']);
    expect(view?.best[0]).toEqual({ charId: 3, name: 'Name 3|', shown: 1700, place: 1, index: 0 });
  });

  describe('of thirty', () => {
    beforeEach(async () => {
      const many = Array.from({ length: 30 }, (_, at) => entry(at + 1, 2000 - at));
      await make(...many.filter(({ charId }) => charId !== 18), entry(18, 1984, 5));
    });

    test.each([
      [18, '15:15 16:16 17:17 18:17 19:19 20:20 21:21'],
      [30, '27:27 28:28 29:29 30:30'],
      [9, '11:11 12:12'],
      [12, '11:11 12:12 13:13 14:14 15:15'],
      [2, ''],
      [99, ''],
    ])('the rows around character %i follow the best ten, without them', async (charId, around) => {
      const [best, shown] = drawn(await lists.view(list, charId));
      expect(best).toBe(Array.from({ length: 10 }, (_, at) => `${at + 1}:${at + 1}`).join(' '));
      expect(shown).toBe(around);
    });

    test('a list of an archetype has its own places', async () => {
      const [best] = drawn(await lists.view({ season: 3, of: 'mystic' }, 1));
      expect(best).toMatch(/^2:1 4:2 6:3 8:4 /);
      expect(await lists.view({ season: 3, of: 'guardian' }, 1)).toBeNull();
    });

    test('who moves is moved at once and learns how many are above', async () => {
      expect(await lists.move(season, entry(30, 1995, 1))).toBe(5);
      expect(drawn(await lists.view(list, 1))[0]).toMatch(/ 5:5 6:6 30:6 7:8 /);
      expect(drawn(await lists.view({ season: 3, of: 'mystic' }, 1))[0]).toMatch(
        /^2:1 4:2 6:3 30:3 /,
      );
    });

    test('who is not in the list learns how many are above, and does not enter it', async () => {
      expect(await lists.move(season, entry(99, 1990))).toBe(10);
      expect(drawn(await lists.view(list, 99))).not.toContain('99');
    });

    test('a list that is made again has only its new characters', async () => {
      await make(entry(2, 1500));
      expect(drawn(await lists.view(list, 2))).toEqual(['2:1', '']);
      expect(await lists.view({ season: 3, of: 'warrior' }, 2)).toBeNull();
      await make();
      expect(await lists.view(list, 2)).toBeNull();
    });
  });

  test('a list that was not made is missing, and nobody moves within it', async () => {
    expect(await lists.view(list, 1)).toBeNull();
    expect(await lists.move(season, entry(1, 1600))).toBeNull();
    expect(await redis().client.keys('*')).toEqual([]);
  });

  test('the list of all seasons is one of its own', async () => {
    await lists.rebuild(null, inPages([entry(1, 1900)]));
    expect(await lists.view(list, 1)).toBeNull();
    for (const of of groups.slice(0, 2))
      expect(drawn(await lists.view({ season: null, of }, 1))).toEqual(['1:1', '']);
  });

  test('one of many processes makes the lists, once a minute', async () => {
    const taken = await Promise.all(Array.from({ length: 8 }, () => lists.takeRebuild()));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await redis().client.ttl('{board}:made')).toBeGreaterThan(50);
  });
});
