import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { SqlLadder } from '../../database/ladder.ts';
import { SqlSeasons } from '../../database/seasons.ts';
import { LadderService } from '../../domains/rating/ladder-service.ts';
import type { List } from '../../domains/rating/ladder.ts';
import { Seasons } from '../../domains/rating/seasons.ts';
import { openInProcessRedis } from '../../redis/in-process-redis.ts';
import { keys } from '../../redis/keys.ts';
import { LadderManager } from '../../redis/managers/ladder-manager.ts';
import { FixedClock } from '../support/clock.ts';
import { manyCharacters } from '../support/many-characters.ts';
import { manyStandings } from '../support/many-standings.ts';
import { silentLog } from '../support/silent-log.ts';
import { someDatabase } from '../support/some-database.ts';

const DAY_MS = 86_400_000;
const COUNT = 60;
const lists: readonly List[] = [
  { season: 0, of: 'all' },
  { season: null, of: 'all' },
  { season: 0, of: 'mystic' },
];

async function openLists() {
  const db = await someDatabase();
  const clock = new FixedClock();
  await manyCharacters(db, COUNT);
  await manyStandings(db, { count: COUNT, lastAtMs: clock.now() });
  // Few numbers, so that many share one; each was reached in an hour of its own, in the order of ids.
  for (const table of ['ladder_standings', 'ladder_bests'])
    await db.execute(sql`update ${sql.raw(table)} set r = 1500 + character_id * 7919 % 13,
      reached_at = timestamptz '2026-12-01' + character_id * interval '1 hour'`);
  const { client } = await openInProcessRedis(`lists-${String(performance.now())}`);
  onTestFinished(async () => {
    await client.quit();
  });
  const [ladder, cache] = [new SqlLadder(db), new LadderManager(client)];
  const deps = { clock, log: silentLog };
  const seasons = new Seasons({ ...deps, seasons: new SqlSeasons(db), weeks: 0 });
  const service = new LadderService({ ...deps, ladder, lists: cache, seasons });
  const makeAgain = async () => {
    await client.del(keys.listsMade());
    clock.advance(5_000);
    await service.refreshLists();
  };
  return { db, clock, client, ladder, cache, service, makeAgain };
}

test('the cached lists are those of the database, for all readers', async () => {
  const { clock, ladder, cache, makeAgain } = await openLists();
  await makeAgain();
  for (const list of lists)
    for (let charId = 1; charId <= COUNT; charId += 7) {
      const stored = await ladder.view(list, { charId, nowMs: clock.now() });
      expect(await cache.view(list, charId)).toEqual(stored);
    }
});

test('a Redis that has lost everything changes no list', async () => {
  const { client, service, makeAgain } = await openLists();
  await makeAgain();
  const look = () => service.look(33, { scope: 'season', of: 'all' });
  const before = await look();
  await client.flushall();
  expect(await look()).toEqual(before);
  expect(before.around.map(({ charId }) => charId)).toContain(33);
});

test('who has not fought for two weeks leaves the season with the next lists, and nobody else does', async () => {
  const { db, clock, client, makeAgain } = await openLists();
  await makeAgain();
  await db.execute(sql`update ladder_standings set last_at = last_at + interval '1 day'
    where character_id > 10`);
  clock.advance(14 * DAY_MS);
  await makeAgain();
  const members = await client.zrange(keys.list('0', 'all'), 0, -1);
  expect(members.map(Number).toSorted((one, other) => one - other)).toEqual(
    Array.from({ length: COUNT - 10 }, (_, at) => at + 11),
  );
  expect(await client.zcard(keys.list('ever', 'all'))).toBe(COUNT);
});
