import { beforeEach, describe, expect, test } from 'vitest';
import { keys } from '../../../redis/keys.ts';
import { enqueue, returnMatch } from '../../support/arena-steps.ts';
import { ArenaFixture } from '../../support/arena-fixture.ts';
import { describeOnEachRedis } from '../../support/redis-engines.ts';

const MODE = '1v1';
const TTL_MS = 300_000;

describeOnEachRedis('ArenaManager: matches and seats', 2, (redis) => {
  let table: ArenaFixture;
  beforeEach(async () => {
    table = await ArenaFixture.open(redis());
  });

  describe('claimMatch', () => {
    test('removes both from the queue and seats both', async () => {
      const match = await table.claimed('m', 1, 2);
      expect(await table.placesOf(1, 2)).toBe('seated:m seated:m');
      expect([await table.arena.queueSize(MODE), await table.waitingIds()]).toEqual([0, []]);
      expect(await table.arena.getPendingMatches(table.clock.now())).toEqual([match]);
    });

    test('for the Shadow claims one side and stores no opponent', async () => {
      await table.join(1);
      const match = table.matchOf('m', 1, null);
      expect(await table.arena.claimMatch(match)).toBe('claimed');
      expect(await table.placesOf(1)).toBe('seated:m');
      expect(await table.arena.getPendingMatches(table.clock.now())).toEqual([match]);
      expect(await table.client.exists(keys.lastOpponent(1))).toBe(0);
    });

    test('leaves the seeker unchanged when the opponent is gone', async () => {
      await table.join(1);
      const match = table.matchOf('m', 1, 2);
      expect(await table.arena.claimMatch(match)).toBe('opponent_gone');
      expect(await table.placesOf(1)).toBe('waiting');
      expect(await table.arena.getPendingMatches(table.clock.now())).toEqual([]);
    });

    test('leaves the opponent unchanged when the seeker is gone', async () => {
      await table.join(2);
      const match = table.matchOf('m', 1, 2);
      expect(await table.arena.claimMatch(match)).toBe('seeker_gone');
      expect(await table.placesOf(2)).toBe('waiting');
    });

    test('of one character by two processes at once succeeds once', async () => {
      await table.join(1, 2, 3);
      const replies = await Promise.all([
        table.claim('m', 1, 2),
        table.other.claimMatch(table.matchOf('n', 3, 2)),
      ]);
      expect(replies.toSorted()).toEqual(['claimed', 'opponent_gone']);
    });

    test('of the same pair from both sides at once makes one match', async () => {
      await table.join(1, 2);
      const replies = await Promise.all([
        table.claim('m', 1, 2),
        table.other.claimMatch(table.matchOf('n', 2, 1)),
      ]);
      expect(replies.filter((reply) => reply === 'claimed')).toHaveLength(1);
      expect(await table.arena.getPendingMatches(table.clock.now())).toHaveLength(1);
    });

    test('repeated for the same match returns claimed and changes nothing', async () => {
      const match = await table.claimed('m', 1, 2);
      expect(await table.other.claimMatch(match)).toBe('claimed');
      expect(await table.arena.getPendingMatches(table.clock.now())).toEqual([match]);
    });

    test('refuses a match of a character with itself', async () => {
      await table.join(1);
      expect(await table.claim('m', 1, 1)).toBe('opponent_gone');
      expect(await table.placesOf(1)).toBe('waiting');
    });

    test('refuses an expired side and removes its queue entry', async () => {
      const old = table.requestOf(1);
      await table.join(1);
      table.clock.advance(TTL_MS);
      await table.join(2);
      const match = table.matchOf('m', 2, old);
      expect(await table.arena.claimMatch(match)).toBe('opponent_gone');
      expect([await table.scoreOf(1), await table.placesOf(1)]).toEqual([null, 'nowhere']);
      expect(await table.placesOf(2)).toBe('waiting');
    });

    test('refuses an entry whose request has expired in Redis and removes it', async () => {
      await table.join(1, 2);
      await table.client.del(keys.request(2));
      expect(await table.claim('m', 1, 2)).toBe('opponent_gone');
      expect(await table.scoreOf(2)).toBeNull();
    });

    test('refuses a request without a queue entry', async () => {
      await table.join(1, 2);
      await table.client.zrem(keys.queue(MODE), 2);
      expect(await table.claim('m', 1, 2)).toBe('opponent_gone');
    });

    test('refuses a side whose start or GearScore has changed', async () => {
      const before = table.requestOf(1);
      await table.join(1, 2);
      await table.arena.removeFromQueue(1, MODE);
      table.clock.advance(1);
      await enqueue(table.arena, table.requestOf(1));
      const stale = table.matchOf('m', before, null);
      expect(await table.arena.claimMatch(stale)).toBe('seeker_gone');
      expect(await table.claim('n', table.requestOf(1, 101), null)).toBe('seeker_gone');
      expect(await table.placesOf(1)).toBe('waiting');
      expect(await table.claim('o', 1, null)).toBe('claimed');
    });

    test('refuses a seated character with a leftover entry and removes the entry', async () => {
      await table.claimed('m', 1, 2);
      await table.addOrphanEntry(1, 100);
      await table.client.hset(keys.request(1), {
        start_time: table.clock.now(),
        gs: 100,
        mode: MODE,
      });
      expect(await table.claim('n', 1, null)).toBe('seeker_gone');
      expect([await table.placesOf(1), await table.scoreOf(1)]).toEqual(['seated:m', null]);
    });
  });

  describe('a match', () => {
    test('is pending from claim to deletion, and its seats stay', async () => {
      const match = await table.claimed('m', 1, 2);
      expect(await table.arena.getPendingMatches(table.clock.now() - 1)).toEqual([]);
      expect(await table.other.getPendingMatches(table.clock.now())).toEqual([match]);
      await table.arena.deleteMatch('m');
      await table.other.deleteMatch('m');
      expect(await table.arena.getPendingMatches(table.clock.now())).toEqual([]);
      expect(await table.placesOf(1, 2)).toBe('seated:m seated:m');
      expect(await table.client.exists(keys.match('m'))).toBe(0);
    });

    test('that fails puts the kept sides back with their original start', async () => {
      const match = await table.claimed('m', 1, 2);
      table.clock.advance(20_000);
      await returnMatch(table.arena, match, [1]);
      expect(await table.placesOf(1, 2)).toBe('waiting nowhere');
      expect(await table.arena.getRequest(1)).toEqual(match.seeker);
      const leftMs = await table.client.pttl(keys.request(1));
      expect(leftMs).toBeGreaterThan(270_000);
      expect(leftMs).toBeLessThanOrEqual(280_000);
      expect(await table.arena.getPendingMatches(table.clock.now())).toEqual([]);
    });

    test('that fails puts its seeker back with the players whom they have blocked', async () => {
      await table.join(2);
      const range = { minGs: 0, maxGs: 10_000, aroundGs: 100, limit: 8 };
      const terms = { matchId: 'm', range, widening: [], blockedUserIds: [77] };
      const joined = await table.arena.addToQueue(table.requestOf(1), terms);
      expect(joined.kind).toBe('claimed');
      const [match] = await table.arena.getPendingMatches(table.clock.now());
      if (match === undefined) throw new Error('the match is pending');
      await returnMatch(table.arena, match, [1]);
      expect(await table.arena.getWaiting([1])).toMatchObject([{ blockedUserIds: [77] }]);
    });

    test('that fails after the requests expired only frees its seats', async () => {
      const match = await table.claimed('m', 1, 2);
      table.clock.advance(TTL_MS);
      await returnMatch(table.arena, match, [1, 2]);
      expect(await table.placesOf(1, 2)).toBe('nowhere nowhere');
      expect(await table.arena.queueSize(MODE)).toBe(0);
    });

    test('that has failed before changes nothing the second time', async () => {
      const match = await table.claimed('n', 3, 4);
      await returnMatch(table.arena, match, [3, 4]);
      await table.arena.removeFromQueue(3, MODE);
      await returnMatch(table.other, match, [3, 4]);
      expect(await table.placesOf(3, 4)).toBe('nowhere waiting');
    });

    test('with one side restored stays pending', async () => {
      const match = await table.claimed('m', 1, 2);
      await table.arena.createRequest(match.seeker, { matchId: 'm', isRequeued: true });
      expect(await table.placesOf(1, 2)).toBe('waiting seated:m');
      expect(await table.other.getPendingMatches(table.clock.now())).toEqual([match]);
      await returnMatch(table.other, match, [1, 2]);
      expect(await table.placesOf(1, 2)).toBe('waiting waiting');
      expect(await table.other.getPendingMatches(table.clock.now())).toEqual([]);
    });

    test('that fails leaves a side that is in another match', async () => {
      const match = await table.claimed('m', 1, 2);
      await table.arena.freeSeat(1, 'm');
      table.clock.advance(5_000);
      await table.join(1);
      await returnMatch(table.arena, match, [1, 2]);
      expect(await table.arena.getRequest(1)).toEqual(table.requestOf(1));
      expect(await table.placesOf(2)).toBe('waiting');
    });

    test('that fails requeues no side whose seat it no longer holds', async () => {
      const match = await table.claimed('m', 1, 2);
      await table.arena.freeSeat(1, 'm');
      await table.arena.freeSeat(2, 'm');
      await table.join(2);
      await table.claim('n', 2, null);
      await returnMatch(table.arena, match, [1, 2]);
      expect(await table.placesOf(1, 2)).toBe('nowhere seated:n');
      expect(await table.arena.queueSize(MODE)).toBe(0);
    });

    test('against the Shadow can fail like any other', async () => {
      await table.join(1);
      const match = table.matchOf('m', 1, null);
      await table.arena.claimMatch(match);
      await returnMatch(table.arena, match, [1]);
      expect(await table.arena.getRequest(1)).toEqual(match.seeker);
    });

    test('that is unreadable leaves the list and is logged with its key', async () => {
      await table.claimed('m', 1, 2);
      await table.client.hset(keys.match('m'), 'claimed_at', 'once');
      expect(await table.arena.getPendingMatches(table.clock.now())).toEqual([]);
      expect(await table.arena.getPendingMatches(table.clock.now())).toEqual([]);
      expect(table.log.lines.map(({ facts }) => facts['key'])).toEqual([keys.match('m')]);
    });
  });

  describe('a seat', () => {
    test('is freed only by its own battle', async () => {
      await table.claimed('m', 1, 2);
      await table.arena.freeSeat(1, 'another');
      expect(await table.placesOf(1)).toBe('seated:m');
      await table.arena.freeSeat(1, 'm');
      await table.other.freeSeat(1, 'm');
      expect(await table.placesOf(1)).toBe('nowhere');
      expect(await table.placesOf(2)).toBe('seated:m');
    });

    test('are found by their match until one of them is free', async () => {
      await table.claimed('m', 1, 2);
      await table.arena.deleteMatch('m');
      expect(await table.other.getSeated('m')).toEqual([1, 2]);
      expect(await table.arena.freeSeat(2, 'm')).toBe(true);
      expect(await table.other.getSeated('m')).toEqual([]);
      expect(await table.other.getSeated('m', [1, 2])).toEqual([1]);
    });

    test('of a match that an earlier release claimed is found by its character', async () => {
      await table.claimed('m', 1, 2);
      await table.client.del(keys.sides('m'));
      expect(await table.other.getSeated('m', [1])).toEqual([1]);
    });

    test('and the last opponent have the TTL of the key table', async () => {
      await table.claimed('m', 1, 2);
      const { client } = table;
      expect(await client.ttl(keys.seat(1))).toBeGreaterThan(86_300);
      expect(await client.ttl(keys.match('m'))).toBeGreaterThan(86_300);
      const opponentS = await client.ttl(keys.lastOpponent(1));
      expect(opponentS).toBeGreaterThan(3_500);
      expect(opponentS).toBeLessThanOrEqual(3_600);
    });
  });
});
