import { afterEach, beforeEach, expect, test } from 'vitest';
import { SearchesManager } from '../../../redis/managers/searches-manager.ts';
import { openMultiBotArena } from '../../support/multi-bot-arena.ts';
import { silentLog } from '../../support/silent-log.ts';

let crowd: Awaited<ReturnType<typeof openMultiBotArena>>;
beforeEach(async () => {
  crowd = await openMultiBotArena({ bots: 1, characters: 3 });
});
afterEach(() => crowd.close());

async function ended() {
  const searches = new SearchesManager({ client: crowd.client, log: silentLog });
  const found = await searches.latest('1v1', crowd.clock.now());
  return found.map(({ waitedMs, isShadow }) => [waitedMs, isShadow]);
}

test('a match keeps the search of the one who waited, not of the one who was matched at once', async () => {
  const { arena } = crowd.first;
  await arena.joinQueue(1, '1v1');
  crowd.clock.advance(7_000);
  await arena.joinQueue(2, '1v1');
  expect(await ended()).toEqual([[7_000, false]]);
});

test('the Shadow of the queue keeps the search, training keeps none', async () => {
  const { arena } = crowd.first;
  await arena.train(3, '1v1', 'novice');
  await arena.joinQueue(1, '1v1');
  crowd.clock.advance(45_000);
  await arena.wave();
  expect(await ended()).toEqual([[45_000, true]]);
});

test('a request that expires is counted, and says nothing about waiting', async () => {
  const searches = new SearchesManager({ client: crowd.client, log: silentLog });
  const sinceMs = crowd.clock.now();
  await crowd.first.arena.joinQueue(1, '1v1');
  crowd.clock.advance(300_001);
  await crowd.first.arena.wave();
  await expect.poll(() => searches.countExpired(sinceMs)).toBe(1);
  expect(await ended()).toEqual([]);
});
