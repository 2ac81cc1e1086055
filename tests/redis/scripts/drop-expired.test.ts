import { beforeEach, expect, test } from 'vitest';
import { dropExpired } from '../../../redis/scripts/drop-expired.ts';
import { joinQueue } from '../../../redis/scripts/join-queue.ts';
import { describeOnEachRedis } from '../../support/redis-engines.ts';

const MODE = '1v1';
const range = { minGs: 0, maxGs: 0, aroundGs: 0, limit: 0 };
const alone = { matchId: 'none', range, widening: [], blockedUserIds: [] };
const LIFE = { requestTtlMs: 1_000 };
const request = { charId: 1, userId: 1, mode: MODE, gs: 100, startTimeMs: 5_000 } as const;
const entry = { charId: 1, mode: MODE } as const;

describeOnEachRedis('drop-expired', 1, (redis) => {
  beforeEach(async () => {
    const { client } = redis();
    await client.flushall();
    await joinQueue(client, request, { ...alone, ...LIFE });
  });

  test.each([
    [5_999, 'waiting'],
    [6_000, 'dropped'],
  ])('decides by the time given: at %i ms %s', async (nowMs, reply) => {
    expect(await dropExpired(redis().client, entry, { nowMs, ...LIFE })).toBe(reply);
  });

  test('called twice at once drops the entry once', async () => {
    const time = { nowMs: 6_000, ...LIFE };
    const replies = await Promise.all([
      dropExpired(redis().client, entry, time),
      dropExpired(redis().client, entry, time),
    ]);
    expect(replies.toSorted()).toEqual(['dropped', 'gone']);
  });
});
