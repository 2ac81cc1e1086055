import { beforeEach, describe, expect, test } from 'vitest';
import type { Waiting } from '../../../domains/arena/arena-store.ts';
import { keys } from '../../../redis/keys.ts';
import { ArenaManager } from '../../../redis/managers/arena-manager.ts';
import { enqueue, returnMatch, sweep } from '../../support/arena-steps.ts';
import { ArenaFixture } from '../../support/arena-fixture.ts';
import { describeOnEachRedis } from '../../support/redis-engines.ts';

const MODE = '1v1';
const TTL_MS = 300_000;

describeOnEachRedis('ArenaManager: the queue', 2, (redis) => {
  let table: ArenaFixture;
  beforeEach(async () => {
    table = await ArenaFixture.open(redis());
  });

  describe('a request', () => {
    test('expires after 300 s, by Redis and by the clock', async () => {
      await table.join(7);
      const leftMs = await table.client.pttl(keys.request(7));
      expect(leftMs).toBeGreaterThan(TTL_MS - 10_000);
      expect(leftMs).toBeLessThanOrEqual(TTL_MS);
      table.clock.advance(TTL_MS - 1);
      expect(await table.arena.getRequest(7)).not.toBeNull();
      table.clock.advance(1);
      expect(await table.arena.getRequest(7)).toBeNull();
    });

    test('that is unreadable reads as null and is logged with its key', async () => {
      await table.client.hset(keys.request(7), { start_time: 'soon', gs: '1', mode: MODE });
      expect(await table.arena.getRequest(7)).toBeNull();
      expect(table.log.lines.map(({ facts }) => facts['key'])).toEqual([keys.request(7)]);
    });
  });

  describe('getCandidates', () => {
    async function candidates(limit: number, aroundGs = 100): Promise<string> {
      const range = { minGs: 85, maxGs: 115, aroundGs, limit };
      const found = await table.arena.getCandidates(MODE, range);
      return found.map(({ charId, gs }) => `${charId}:${gs}`).join(' ');
    }

    beforeEach(async () => {
      const scores = { 1: 84, 2: 85, 3: 99, 4: 100, 5: 103, 6: 115, 7: 116 };
      for (const [id, gs] of Object.entries(scores)) await table.addOrphanEntry(Number(id), gs);
    });

    test('returns the window, bounds included, nearest first', async () => {
      expect(await candidates(10)).toBe('4:100 3:99 5:103 2:85 6:115');
    });

    test('returns the nearest when there are more than the limit', async () => {
      expect(await candidates(3)).toBe('4:100 3:99 5:103');
    });

    test('finds candidates around a fractional score', async () => {
      expect(await candidates(3, 99.6)).toBe('4:100 3:99 5:103');
    });
  });

  describe('addToQueue', () => {
    test('creates the request and the queue entries at once', async () => {
      expect(await enqueue(table.arena, table.requestOf(7, 112))).toBe('queued');
      expect(await table.arena.getRequest(7)).toEqual(table.requestOf(7, 112));
      expect(await table.scoreOf(7)).toBe(112);
      expect(await table.waitingIds()).toEqual([7]);
      expect(await table.arena.queueSize(MODE)).toBe(1);
      expect(await table.client.pttl(keys.request(7))).toBeGreaterThan(TTL_MS - 10_000);
    });

    test('called twice changes nothing the second time', async () => {
      const first = table.requestOf(7);
      await table.join(7);
      table.clock.advance(10_000);
      expect(await enqueue(table.other, table.requestOf(7, 500))).toBe('already_queued');
      expect(await table.arena.getRequest(7)).toEqual(first);
      expect(await table.scoreOf(7)).toBe(100);
    });

    test('sent twice after a lost reply returns queued', async () => {
      await table.join(7);
      await table.client.pexpire(keys.request(7), 5_000);
      expect(await enqueue(table.arena, table.requestOf(7))).toBe('queued');
      expect(await table.client.pttl(keys.request(7))).toBeLessThanOrEqual(5_000);
      expect(await table.waitingIds()).toEqual([7]);
    });

    test('returns seated for a character in a match or battle', async () => {
      await table.claimed('m', 1, 2);
      expect(await enqueue(table.arena, table.requestOf(1))).toBe('seated');
      expect(await table.arena.queueSize(MODE)).toBe(0);
    });

    test('after the request expired starts a new wait', async () => {
      await table.join(7);
      table.clock.advance(TTL_MS);
      expect(await enqueue(table.arena, table.requestOf(7, 120))).toBe('queued');
      expect(await table.arena.getRequest(7)).toEqual(table.requestOf(7, 120));
      expect(await table.scoreOf(7)).toBe(120);
    });
  });

  describe('removeFromQueue', () => {
    test('removes all that addToQueue created', async () => {
      await table.join(7);
      expect(await table.arena.removeFromQueue(7, MODE)).toBe('left');
      expect(await table.placesOf(7)).toBe('nowhere');
      expect([await table.arena.queueSize(MODE), await table.waitingIds()]).toEqual([0, []]);
    });

    test('returns not_queued the second time and without a request', async () => {
      await table.join(7);
      await table.arena.removeFromQueue(7, MODE);
      expect(await table.other.removeFromQueue(7, MODE)).toBe('not_queued');
      expect(await table.arena.removeFromQueue(8, MODE)).toBe('not_queued');
    });

    test('after the claim returns seated and changes nothing', async () => {
      await table.claimed('m', 1, 2);
      expect(await table.arena.removeFromQueue(1, MODE)).toBe('seated');
      expect(await table.placesOf(1)).toBe('seated:m');
    });
  });

  describe('waiting players', () => {
    test('are returned in the order asked for, without expired ones, with the last opponent', async () => {
      const match = await table.claimed('m', 1, 2);
      await returnMatch(table.arena, match, [1, 2]);
      await table.addOrphanEntry(8, 100);
      await table.join(3);
      const expected: Waiting[] = [
        { ...table.requestOf(3), lastOpponentId: null, blockedUserIds: [] },
        { ...table.requestOf(2), lastOpponentId: 1, blockedUserIds: [] },
        { ...table.requestOf(1), lastOpponentId: 2, blockedUserIds: [] },
      ];
      expect(await table.arena.getWaiting([3, 8, 2, 99, 1])).toEqual(expected);
      expect(await table.arena.getWaiting([])).toEqual([]);
    });

    test('are returned oldest first up to the limit', async () => {
      for (const charId of [30, 4, 5]) {
        await table.join(charId);
        table.clock.advance(1_000);
      }
      expect(await table.waitingIds()).toEqual([30, 4, 5]);
      expect((await table.arena.getOldest(MODE, 2)).map(({ charId }) => charId)).toEqual([30, 4]);
      expect(await table.arena.getOldest(MODE, 0)).toEqual([]);
    });

    test('getPlace returns nowhere, waiting or seated, and seated wins', async () => {
      expect(await table.arena.getPlace(1)).toEqual({ kind: 'nowhere' });
      await table.join(1);
      expect(await table.arena.getPlace(1)).toEqual({
        kind: 'waiting',
        request: table.requestOf(1),
      });
      await table.claim('m', 1, null);
      await table.client.hset(keys.request(1), {
        start_time: table.clock.now(),
        gs: 100,
        mode: MODE,
        user_id: 1,
      });
      expect(await table.arena.getPlace(1)).toEqual({ kind: 'seated', battleId: 'm' });
    });

    test('getPlace ignores an expired request that is still stored', async () => {
      await table.join(1);
      table.clock.advance(TTL_MS);
      expect(await table.placesOf(1)).toBe('nowhere');
      expect(await table.arena.getWaiting([1])).toEqual([]);
      expect(await table.arena.getOldest(MODE, 10)).toEqual([]);
    });
  });

  describe('expiry', () => {
    test('removes expired requests and returns each once', async () => {
      await table.join(1, 2);
      table.clock.advance(1);
      await table.join(3);
      table.clock.advance(TTL_MS - 1);
      const [mine, theirs] = await Promise.all([
        sweep(table.arena, MODE, table.clock.now()),
        sweep(table.other, MODE, table.clock.now()),
      ]);
      expect([...mine, ...theirs].toSorted()).toEqual([1, 2]);
      expect(await table.waitingIds()).toEqual([3]);
      expect(await table.arena.queueSize(MODE)).toBe(1);
      expect(await table.client.exists(keys.request(1))).toBe(0);
    });

    test('keeps a character who has joined again', async () => {
      await table.join(1);
      table.clock.advance(TTL_MS);
      await table.join(1);
      expect(await sweep(table.arena, MODE, table.clock.now())).toEqual([]);
      expect(await table.placesOf(1)).toBe('waiting');
    });

    test('removes an entry whose request is gone', async () => {
      await table.join(1, 2);
      await table.client.del(keys.request(1));
      table.clock.advance(TTL_MS - 1);
      expect(await sweep(table.arena, MODE, table.clock.now())).toEqual([]);
      table.clock.advance(1);
      expect((await sweep(table.arena, MODE, table.clock.now())).toSorted()).toEqual([1, 2]);
      expect(await table.arena.queueSize(MODE)).toBe(0);
    });

    test('removes an entry that never had a request', async () => {
      await table.addOrphanEntry(1, 100);
      await table.join(2);
      expect(await sweep(table.arena, MODE, table.clock.now())).toEqual([1]);
      expect(await table.arena.queueSize(MODE)).toBe(1);
    });
  });

  test('requestTtlS applies to every operation', async () => {
    const { client, clock, log } = table;
    const brief = new ArenaManager({ client, clock, log, requestTtlS: 10 });
    await enqueue(brief, table.requestOf(1));
    expect(await client.pttl(keys.request(1))).toBeLessThanOrEqual(10_000);
    table.clock.advance(10_000);
    expect(await brief.getRequest(1)).toBeNull();
    expect(await sweep(brief, MODE, table.clock.now())).toEqual([1]);
  });
});
