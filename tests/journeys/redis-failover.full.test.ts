import { expect, test } from 'vitest';
import {
  fightToTheEnd,
  makeCharacter,
  makeMove,
  screenWith,
  search,
} from '../support/duel-steps.ts';
import { openArena, loggedProblems } from '../support/open-arena.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { type SentinelRedis, openSentinelRedis } from '../support/redis-sentinel.ts';

/** What a bot may log, once each, during a short outage of Redis. */
const outage =
  /^(?:redis master changed|redis unavailable|background job failed|chat store unavailable) ?/;

describeOnRedisServer('a Redis behind a sentinel', () => {
  test.each<[string, (redis: SentinelRedis) => Promise<void>]>([
    ['dies', (redis) => redis.crash()],
    ['is relieved', (redis) => redis.failOver()],
  ])('%s in a duel: its replica takes over, and the duel goes on', async (_, failOver) => {
    const redis = await openSentinelRedis();
    const open = await openArena({ REDIS_URL: redis.url });
    const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
    for (const one of [ann, bob]) {
      await makeCharacter(one, { name: one.client.profile.firstName });
      await search(one);
    }
    for (const one of [ann, bob]) await screenWith(one, 'battle.strike');
    await Promise.all([makeMove(ann, 1), makeMove(bob, 2)]);
    for (const one of [ann, bob]) await one.sees(/Round 2/);
    await failOver(redis);
    await Promise.all([fightToTheEnd(ann), fightToTheEnd(bob)]);
    for (const one of [ann, bob]) await one.sees(/Victory|Defeat|draw/);
    const logged = loggedProblems(open);
    expect(logged.filter((line) => line.startsWith('redis master changed'))).toHaveLength(1);
    expect(logged.filter((line) => !outage.test(line))).toEqual([]);
    expect(logged).toEqual([...new Set(logged)]);
  });
});
