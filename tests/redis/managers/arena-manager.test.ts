import { beforeEach, describe, expect, test } from 'vitest';
import type { Match, QueueRequest, Waiting } from '../../../domains/arena/arena-store.ts';
import { keys } from '../../../redis/keys.ts';
import { ArenaManager } from '../../../redis/managers/arena-manager.ts';
import { FixedClock } from '../../support/clock.ts';
import { RecordingLog } from '../../support/recording-log.ts';
import { describeOnEachRedis } from '../../support/redis-engines.ts';

const MODE = '1v1';
const TTL_MS = 300_000;

describeOnEachRedis('ArenaManager', 2, (redis) => {
  let clock: FixedClock;
  let log: RecordingLog;
  let arena: ArenaManager;
  /** The same arena, seen by another process. */
  let other: ArenaManager;

  beforeEach(async () => {
    const { client, clients } = redis();
    await client.flushall();
    clock = new FixedClock();
    log = new RecordingLog();
    arena = new ArenaManager({ client, clock, log });
    other = new ArenaManager({ client: clients[1] ?? client, clock, log });
  });

  /** Of a user of his own, from now on. */
  function requestOf(charId: number, gs = 100): QueueRequest {
    return { charId, userId: 1_000 + charId, mode: MODE, gs, startTimeMs: clock.now() };
  }

  async function join(...charIds: number[]): Promise<QueueRequest[]> {
    const requests = charIds.map((charId) => requestOf(charId));
    for (const request of requests) expect(await arena.enqueue(request)).toBe('queued');
    return requests;
  }

  function matchOf(id: string, seeker: QueueRequest, opponent: QueueRequest | null): Match {
    return { id, mode: MODE, seeker, opponent, claimedAtMs: clock.now() };
  }

  /** Both joined and claimed. */
  async function claimed(id: string, seekerId: number, opponentId: number): Promise<Match> {
    const match = matchOf(id, requestOf(seekerId), requestOf(opponentId));
    await join(seekerId, opponentId);
    expect(await arena.claimMatch(match)).toBe('claimed');
    return match;
  }

  async function waitingIds(): Promise<number[]> {
    return (await arena.getOldest(MODE, 100)).map(({ charId }) => charId);
  }

  async function placeOf(charId: number): Promise<string> {
    const place = await arena.getPlace(charId);
    return place.kind === 'seated' ? `seated:${place.battleId}` : place.kind;
  }

  describe('the single keys', () => {
    test('an entry has its score until it is removed, which one of two at once does', async () => {
      await arena.addToQueue(7, MODE, 112);
      expect(await arena.getScore(7, MODE)).toBe(112);
      const taken = await Promise.all([
        arena.removeFromQueue(7, MODE),
        other.removeFromQueue(7, MODE),
      ]);
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await arena.getScore(7, MODE)).toBeNull();
    });

    test('a request comes back as it was made, with and without a user', async () => {
      const known = requestOf(7, 112);
      const unknown = { ...requestOf(8), userId: null };
      await arena.createRequest(known);
      await arena.createRequest(unknown);
      expect(await arena.getRequest(7)).toEqual(known);
      expect(await arena.getRequest(8)).toEqual(unknown);
      await arena.deleteRequest(7);
      expect(await arena.getRequest(7)).toBeNull();
      expect(await waitingIds()).toEqual([8]);
    });

    test('a request lives for 300 s, by Redis and by the clock', async () => {
      await arena.createRequest(requestOf(7));
      const leftMs = await redis().client.pttl(keys.request(7));
      expect(leftMs).toBeGreaterThan(TTL_MS - 10_000);
      expect(leftMs).toBeLessThanOrEqual(TTL_MS);
      clock.advance(TTL_MS - 1);
      expect(await arena.getRequest(7)).not.toBeNull();
      clock.advance(1);
      expect(await arena.getRequest(7)).toBeNull();
    });

    test('an entry and a request made one by one can be matched like an enqueued one', async () => {
      await arena.addToQueue(7, MODE, 100);
      await arena.createRequest(requestOf(7));
      expect(await arena.claimMatch(matchOf('m', requestOf(7), null))).toBe('claimed');
    });

    test('a request that cannot be read counts as absent and is told with its key', async () => {
      await redis().client.hset(keys.request(7), { start_time: 'soon', gs: '1', mode: MODE });
      expect(await arena.getRequest(7)).toBeNull();
      expect(log.lines.map(({ facts }) => facts['key'])).toEqual([keys.request(7)]);
    });
  });

  describe('candidates', () => {
    async function candidates(limit: number, aroundGs = 100): Promise<string> {
      const range = { minGs: 85, maxGs: 115, aroundGs, limit };
      const found = await arena.getCandidates(MODE, range);
      return found.map(({ charId, gs }) => `${charId}:${gs}`).join(' ');
    }

    beforeEach(async () => {
      const scores = { 1: 84, 2: 85, 3: 99, 4: 100, 5: 103, 6: 115, 7: 116 };
      for (const [id, gs] of Object.entries(scores)) await arena.addToQueue(Number(id), MODE, gs);
    });

    test('are those of the window, bounds included, nearest first', async () => {
      expect(await candidates(10)).toBe('4:100 3:99 5:103 2:85 6:115');
    });

    test('are the nearest ones where there are more than asked for', async () => {
      expect(await candidates(3)).toBe('4:100 3:99 5:103');
    });

    test('are found around a score between two whole numbers', async () => {
      expect(await candidates(3, 99.6)).toBe('4:100 3:99 5:103');
    });
  });

  describe('joining', () => {
    test('makes the request, the queue entry and the place in the line at once', async () => {
      expect(await arena.enqueue(requestOf(7, 112))).toBe('queued');
      expect(await arena.getRequest(7)).toEqual(requestOf(7, 112));
      expect(await arena.getScore(7, MODE)).toBe(112);
      expect(await waitingIds()).toEqual([7]);
      expect(await arena.queueSize(MODE)).toBe(1);
      expect(await redis().client.pttl(keys.request(7))).toBeGreaterThan(TTL_MS - 10_000);
    });

    test('twice changes nothing the second time', async () => {
      const [first] = await join(7);
      clock.advance(10_000);
      expect(await other.enqueue(requestOf(7, 500))).toBe('already_queued');
      expect(await arena.getRequest(7)).toEqual(first);
      expect(await arena.getScore(7, MODE)).toBe(100);
    });

    test('is refused to whom a match or battle holds', async () => {
      await claimed('m', 1, 2);
      expect(await arena.enqueue(requestOf(1))).toBe('seated');
      expect(await arena.queueSize(MODE)).toBe(0);
    });

    test('again after the request is over starts a new wait', async () => {
      await join(7);
      clock.advance(TTL_MS);
      expect(await arena.enqueue(requestOf(7, 120))).toBe('queued');
      expect(await arena.getRequest(7)).toEqual(requestOf(7, 120));
      expect(await arena.getScore(7, MODE)).toBe(120);
    });
  });

  describe('leaving', () => {
    test('takes everything that joining made', async () => {
      await join(7);
      expect(await arena.leave(7, MODE)).toBe('left');
      expect(await placeOf(7)).toBe('nowhere');
      expect([await arena.queueSize(MODE), await waitingIds()]).toEqual([0, []]);
    });

    test('twice, or without having joined, is not_queued', async () => {
      await join(7);
      await arena.leave(7, MODE);
      expect(await other.leave(7, MODE)).toBe('not_queued');
      expect(await arena.leave(8, MODE)).toBe('not_queued');
    });

    test('comes too late after the claim and undoes nothing', async () => {
      await claimed('m', 1, 2);
      expect(await arena.leave(1, MODE)).toBe('seated');
      expect(await placeOf(1)).toBe('seated:m');
    });
  });

  describe('claiming', () => {
    test('takes both out of the queue and seats both under the match', async () => {
      const match = await claimed('m', 1, 2);
      expect([await placeOf(1), await placeOf(2)]).toEqual(['seated:m', 'seated:m']);
      expect([await arena.queueSize(MODE), await waitingIds()]).toEqual([0, []]);
      expect(await arena.getPendingMatches(clock.now())).toEqual([match]);
    });

    test('for the Shadow takes the one and notes no opponent', async () => {
      const [seeker] = await join(1);
      const match = matchOf('m', seeker ?? requestOf(1), null);
      expect(await arena.claimMatch(match)).toBe('claimed');
      expect(await placeOf(1)).toBe('seated:m');
      expect(await arena.getPendingMatches(clock.now())).toEqual([match]);
      expect(await redis().client.exists(keys.lastOpponent(1))).toBe(0);
    });

    test('leaves the seeker alone when the opponent is gone', async () => {
      await join(1);
      const match = matchOf('m', requestOf(1), requestOf(2));
      expect(await arena.claimMatch(match)).toBe('opponent_gone');
      expect(await placeOf(1)).toBe('waiting');
      expect(await arena.getPendingMatches(clock.now())).toEqual([]);
    });

    test('leaves the opponent alone when the seeker is gone', async () => {
      await join(2);
      const match = matchOf('m', requestOf(1), requestOf(2));
      expect(await arena.claimMatch(match)).toBe('seeker_gone');
      expect(await placeOf(2)).toBe('waiting');
    });

    test('of one character by two processes at once succeeds for one', async () => {
      await join(1, 2, 3);
      const replies = await Promise.all([
        arena.claimMatch(matchOf('m', requestOf(1), requestOf(2))),
        other.claimMatch(matchOf('n', requestOf(3), requestOf(2))),
      ]);
      expect(replies.toSorted()).toEqual(['claimed', 'opponent_gone']);
    });

    test('of the same two from both ends at once makes one match', async () => {
      await join(1, 2);
      const replies = await Promise.all([
        arena.claimMatch(matchOf('m', requestOf(1), requestOf(2))),
        other.claimMatch(matchOf('n', requestOf(2), requestOf(1))),
      ]);
      expect(replies.filter((reply) => reply === 'claimed')).toHaveLength(1);
      expect(await arena.getPendingMatches(clock.now())).toHaveLength(1);
    });

    test('repeated for the same match answers claimed and changes nothing', async () => {
      const match = await claimed('m', 1, 2);
      expect(await other.claimMatch(match)).toBe('claimed');
      expect(await arena.getPendingMatches(clock.now())).toEqual([match]);
    });

    test('nobody is matched with himself', async () => {
      await join(1);
      expect(await arena.claimMatch(matchOf('m', requestOf(1), requestOf(1)))).toBe(
        'opponent_gone',
      );
      expect(await placeOf(1)).toBe('waiting');
    });

    test('refuses an expired side and removes its ghost', async () => {
      const [old] = await join(1);
      clock.advance(TTL_MS);
      const [fresh] = await join(2);
      const match = matchOf('m', fresh ?? requestOf(2), old ?? requestOf(1));
      expect(await arena.claimMatch(match)).toBe('opponent_gone');
      expect([await arena.getScore(1, MODE), await placeOf(1)]).toEqual([null, 'nowhere']);
      expect(await placeOf(2)).toBe('waiting');
    });

    test('refuses an entry whose request Redis has dropped, and removes it', async () => {
      await join(1, 2);
      await redis().client.del(keys.request(2));
      expect(await arena.claimMatch(matchOf('m', requestOf(1), requestOf(2)))).toBe(
        'opponent_gone',
      );
      expect(await arena.getScore(2, MODE)).toBeNull();
    });

    test('refuses a request that somebody has already taken out of the queue', async () => {
      await join(1, 2);
      await arena.removeFromQueue(2, MODE);
      expect(await arena.claimMatch(matchOf('m', requestOf(1), requestOf(2)))).toBe(
        'opponent_gone',
      );
    });

    test('refuses a decision made on an earlier wait or another GearScore', async () => {
      const [before] = await join(1, 2);
      await arena.leave(1, MODE);
      clock.advance(1);
      await arena.enqueue(requestOf(1));
      const stale = matchOf('m', before ?? requestOf(1), null);
      expect(await arena.claimMatch(stale)).toBe('seeker_gone');
      expect(await arena.claimMatch(matchOf('n', requestOf(1, 101), null))).toBe('seeker_gone');
      expect(await placeOf(1)).toBe('waiting');
      expect(await arena.claimMatch(matchOf('o', requestOf(1), null))).toBe('claimed');
    });

    test('who is seated cannot be claimed through a left-over entry, which goes', async () => {
      await claimed('m', 1, 2);
      await arena.addToQueue(1, MODE, 100);
      await arena.createRequest(requestOf(1));
      expect(await arena.claimMatch(matchOf('n', requestOf(1), null))).toBe('seeker_gone');
      expect([await placeOf(1), await arena.getScore(1, MODE)]).toEqual(['seated:m', null]);
    });
  });

  describe('who waits', () => {
    test('is answered in the order asked for, ghosts left out, with the last opponent', async () => {
      const match = await claimed('m', 1, 2);
      await arena.returnMatch(match, [1, 2]);
      await arena.addToQueue(8, MODE, 100);
      await join(3);
      const expected: Waiting[] = [
        { ...requestOf(3), lastOpponentId: null },
        { ...requestOf(2), lastOpponentId: 1 },
        { ...requestOf(1), lastOpponentId: 2 },
      ];
      expect(await arena.getWaiting([3, 8, 2, 99, 1])).toEqual(expected);
      expect(await arena.getWaiting([])).toEqual([]);
    });

    test('comes oldest first and not more than asked for', async () => {
      for (const charId of [30, 4, 5]) {
        await join(charId);
        clock.advance(1_000);
      }
      expect(await waitingIds()).toEqual([30, 4, 5]);
      expect((await arena.getOldest(MODE, 2)).map(({ charId }) => charId)).toEqual([30, 4]);
      expect(await arena.getOldest(MODE, 0)).toEqual([]);
    });

    test('a place is nowhere, waiting or seated, and a seat wins', async () => {
      expect(await arena.getPlace(1)).toEqual({ kind: 'nowhere' });
      await join(1);
      expect(await arena.getPlace(1)).toEqual({ kind: 'waiting', request: requestOf(1) });
      await arena.claimMatch(matchOf('m', requestOf(1), null));
      await arena.createRequest(requestOf(1));
      expect(await arena.getPlace(1)).toEqual({ kind: 'seated', battleId: 'm' });
    });

    test('an expired request is no place, before anybody has removed it', async () => {
      await join(1);
      clock.advance(TTL_MS);
      expect(await placeOf(1)).toBe('nowhere');
      expect(await arena.getWaiting([1])).toEqual([]);
      expect(await arena.getOldest(MODE, 10)).toEqual([]);
    });
  });

  describe('expiry', () => {
    test('removes whose time is over, and answers each of them once', async () => {
      await join(1, 2);
      clock.advance(1);
      await join(3);
      clock.advance(TTL_MS - 1);
      const [mine, theirs] = await Promise.all([
        arena.dropExpired(MODE, clock.now()),
        other.dropExpired(MODE, clock.now()),
      ]);
      expect([...mine, ...theirs].toSorted()).toEqual([1, 2]);
      expect(await waitingIds()).toEqual([3]);
      expect(await arena.queueSize(MODE)).toBe(1);
      expect(await redis().client.exists(keys.request(1))).toBe(0);
    });

    test('spares who has joined anew', async () => {
      await join(1);
      clock.advance(TTL_MS);
      await join(1);
      expect(await arena.dropExpired(MODE, clock.now())).toEqual([]);
      expect(await placeOf(1)).toBe('waiting');
    });

    test('removes an entry that has lost its request', async () => {
      await join(1, 2);
      await redis().client.del(keys.request(1));
      clock.advance(TTL_MS - 1);
      expect(await arena.dropExpired(MODE, clock.now())).toEqual([]);
      clock.advance(1);
      expect((await arena.dropExpired(MODE, clock.now())).toSorted()).toEqual([1, 2]);
      expect(await arena.queueSize(MODE)).toBe(0);
    });

    test('removes an entry that never had a request', async () => {
      await arena.addToQueue(1, MODE, 100);
      await join(2);
      expect(await arena.dropExpired(MODE, clock.now())).toEqual([1]);
      expect(await arena.queueSize(MODE)).toBe(1);
    });
  });

  describe('a match', () => {
    test('is pending from its claim on, until it is settled; the seats stay', async () => {
      const match = await claimed('m', 1, 2);
      expect(await arena.getPendingMatches(clock.now() - 1)).toEqual([]);
      expect(await other.getPendingMatches(clock.now())).toEqual([match]);
      await arena.settleMatch('m');
      await other.settleMatch('m');
      expect(await arena.getPendingMatches(clock.now())).toEqual([]);
      expect([await placeOf(1), await placeOf(2)]).toEqual(['seated:m', 'seated:m']);
      expect(await redis().client.exists(keys.match('m'))).toBe(0);
    });

    test('that is returned lets those wait who are kept, since when they waited', async () => {
      const match = await claimed('m', 1, 2);
      clock.advance(20_000);
      await arena.returnMatch(match, [1]);
      expect([await placeOf(1), await placeOf(2)]).toEqual(['waiting', 'nowhere']);
      expect(await arena.getRequest(1)).toEqual(match.seeker);
      const leftMs = await redis().client.pttl(keys.request(1));
      expect(leftMs).toBeGreaterThan(270_000);
      expect(leftMs).toBeLessThanOrEqual(280_000);
      expect(await arena.getPendingMatches(clock.now())).toEqual([]);
    });

    test('that is returned after the time is over just frees its sides', async () => {
      const match = await claimed('m', 1, 2);
      clock.advance(TTL_MS);
      await arena.returnMatch(match, [1, 2]);
      expect([await placeOf(1), await placeOf(2)]).toEqual(['nowhere', 'nowhere']);
      expect(await arena.queueSize(MODE)).toBe(0);
    });

    test('that is settled, or returned before, cannot be returned', async () => {
      const match = await claimed('m', 1, 2);
      await arena.settleMatch('m');
      await arena.returnMatch(match, [1, 2]);
      expect(await placeOf(1)).toBe('seated:m');
      const second = await claimed('n', 3, 4);
      await arena.returnMatch(second, [3, 4]);
      await arena.leave(3, MODE);
      await other.returnMatch(second, [3, 4]);
      expect(await placeOf(3)).toBe('nowhere');
    });

    test('that is returned does not touch a side that is elsewhere by now', async () => {
      const match = await claimed('m', 1, 2);
      await arena.freeSeat(1, 'm');
      clock.advance(5_000);
      await join(1);
      await arena.returnMatch(match, [1, 2]);
      expect(await arena.getRequest(1)).toEqual(requestOf(1));
      expect(await placeOf(2)).toBe('waiting');
    });

    test('that is returned queues nobody whose seat it no longer holds', async () => {
      const match = await claimed('m', 1, 2);
      await arena.freeSeat(1, 'm');
      await arena.freeSeat(2, 'm');
      await join(2);
      await arena.claimMatch(matchOf('n', requestOf(2), null));
      await arena.returnMatch(match, [1, 2]);
      expect([await placeOf(1), await placeOf(2)]).toEqual(['nowhere', 'seated:n']);
      expect(await arena.queueSize(MODE)).toBe(0);
    });

    test('against the Shadow is returned like any other', async () => {
      await join(1);
      const match = matchOf('m', requestOf(1), null);
      await arena.claimMatch(match);
      await arena.returnMatch(match, [1]);
      expect(await arena.getRequest(1)).toEqual(match.seeker);
    });

    test('that nobody can read leaves the list and is told with its key', async () => {
      await claimed('m', 1, 2);
      await redis().client.hset(keys.match('m'), 'claimed_at', 'once');
      expect(await arena.getPendingMatches(clock.now())).toEqual([]);
      expect(await arena.getPendingMatches(clock.now())).toEqual([]);
      expect(log.lines.map(({ facts }) => facts['key'])).toEqual([keys.match('m')]);
    });
  });

  describe('a seat', () => {
    test('is freed by its own battle alone', async () => {
      await claimed('m', 1, 2);
      await arena.freeSeat(1, 'another');
      expect(await placeOf(1)).toBe('seated:m');
      await arena.freeSeat(1, 'm');
      await other.freeSeat(1, 'm');
      expect(await placeOf(1)).toBe('nowhere');
      expect(await placeOf(2)).toBe('seated:m');
    });

    test('and the last opponent have the lives that the table of keys says', async () => {
      await claimed('m', 1, 2);
      const { client } = redis();
      expect(await client.ttl(keys.seat(1))).toBeGreaterThan(86_300);
      expect(await client.ttl(keys.match('m'))).toBeGreaterThan(86_300);
      const opponentS = await client.ttl(keys.lastOpponent(1));
      expect(opponentS).toBeGreaterThan(3_500);
      expect(opponentS).toBeLessThanOrEqual(3_600);
    });
  });

  test("a life of requests of one's own is obeyed everywhere", async () => {
    const { client } = redis();
    const brief = new ArenaManager({ client, clock, log, requestTtlS: 10 });
    await brief.enqueue(requestOf(1));
    expect(await client.pttl(keys.request(1))).toBeLessThanOrEqual(10_000);
    clock.advance(10_000);
    expect(await brief.getRequest(1)).toBeNull();
    expect(await brief.dropExpired(MODE, clock.now())).toEqual([1]);
  });
});
