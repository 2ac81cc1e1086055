import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ArenaManager } from '../../../redis/managers/arena-manager.ts';
import { enqueue } from '../../support/arena-steps.ts';
import { openMultiBotArena, takeCensus } from '../../support/multi-bot-arena.ts';

type Crowd = Awaited<ReturnType<typeof openMultiBotArena>>;

let crowd: Crowd;
beforeEach(async () => {
  crowd = await openMultiBotArena({ bots: 1, characters: 3 });
});
afterEach(() => crowd.close());

const sessions = () => crowd.first.sessions;
const arena = () => new ArenaManager(crowd);
const requestOf = (charId: number) => {
  const startTimeMs = crowd.clock.now();
  return { charId, userId: 10_000 + charId, mode: '1v1', gs: 100, startTimeMs } as const;
};

describe('joinQueue', () => {
  test('stores the GearScore of the attributes in queue and request', async () => {
    const joined = await sessions().joinQueue(1, '1v1');
    expect(joined).toEqual({ kind: 'joined', gs: await sessions().getGearScore(1), match: null });
    expect(await sessions().getQueueStatus(1)).toMatchObject({
      kind: 'waiting',
      request: { charId: 1, userId: 10_001, mode: '1v1', startTimeMs: crowd.clock.now() },
    });
  });

  test('returns already_queued when a request exists, and keeps its start time', async () => {
    await sessions().joinQueue(1, '1v1');
    crowd.clock.advance(5_000);
    expect((await sessions().joinQueue(1, '1v1')).kind).toBe('already_queued');
    expect((await sessions().getRequestMeta(1))?.waitedMs).toBe(5_000);
  });

  test('returns not_ready without a session or during onboarding', async () => {
    expect((await sessions().joinQueue(99, '1v1')).kind).toBe('not_ready');
    await crowd.first.accounts.setState(1, 'ONBOARDING');
    expect((await sessions().joinQueue(1, '1v1')).kind).toBe('not_ready');
  });

  test('returns seated during a battle', async () => {
    await crowd.first.arena.joinQueue(1, '1v1');
    await crowd.first.arena.joinQueue(2, '1v1');
    expect((await sessions().joinQueue(1, '1v1')).kind).toBe('seated');
  });
});

describe('leaveQueue', () => {
  test('removes queue entry and request, then returns not_queued', async () => {
    await sessions().joinQueue(1, '1v1');
    expect(await sessions().leaveQueue(1, '1v1')).toBe('left');
    expect(await sessions().leaveQueue(1, '1v1')).toBe('not_queued');
    const census = await takeCensus(crowd.client, crowd.ids);
    expect([census.queued.size, census.requested.size]).toEqual([0, 0]);
  });
});

describe('joinQueue with a waiting opponent', () => {
  test('claims both in one step, with the newcomer as the seeker', async () => {
    await sessions().joinQueue(1, '1v1');
    const joined = await sessions().joinQueue(2, '1v1');
    expect(joined).toMatchObject({
      match: { seeker: { charId: 2 }, opponent: { charId: 1, userId: 10_001 } },
    });
    const census = await takeCensus(crowd.client, crowd.ids);
    expect([census.queued.size, census.requested.size, census.seated.size]).toEqual([0, 0, 2]);
  });

  test('never pairs two characters of one user', async () => {
    const account = await crowd.first.accounts.getFullAccount(2);
    if (account === null) throw new Error('The crowd has sessions');
    await crowd.first.accounts.createAccount(2, { ...account, user_id: 10_001 });
    await sessions().joinQueue(1, '1v1');
    expect(await sessions().joinQueue(2, '1v1')).toMatchObject({ match: null });
    expect(await sessions().findOpponent(1, '1v1')).toBeNull();
  });
});

describe('findOpponent', () => {
  test('claims both sides, or returns null without a suitable opponent', async () => {
    await sessions().joinQueue(1, '1v1');
    expect(await sessions().findOpponent(1, '1v1')).toBeNull();
    await enqueue(arena(), requestOf(2));
    expect(await sessions().findOpponent(1, '1v1')).toMatchObject({
      seeker: { charId: 1 },
      opponent: { charId: 2 },
    });
    expect((await takeCensus(crowd.client, crowd.ids)).queued.size).toBe(0);
  });

  test('returns null for a character that does not wait', async () => {
    await sessions().joinQueue(2, '1v1');
    expect(await sessions().findOpponent(1, '1v1')).toBeNull();
  });
});

describe('checkTimeout', () => {
  test('returns the wait, timed out from 45 s on, and null without a request', async () => {
    await sessions().joinQueue(1, '1v1');
    crowd.clock.advance(44_999);
    expect(await sessions().checkTimeout(1)).toMatchObject({ waitedMs: 44_999, timedOut: false });
    crowd.clock.advance(1);
    expect(await sessions().checkTimeout(1)).toMatchObject({ waitedMs: 45_000, timedOut: true });
    expect(await sessions().checkTimeout(2)).toBeNull();
  });
});

describe('prepareMatch', () => {
  test('removes both from the queue and returns the match', async () => {
    await enqueue(arena(), requestOf(1));
    await enqueue(arena(), requestOf(2));
    const match = await sessions().prepareMatch(requestOf(1), requestOf(2));
    expect(match).toMatchObject({ mode: '1v1', seeker: { charId: 1 }, opponent: { charId: 2 } });
    const census = await takeCensus(crowd.client, crowd.ids);
    expect([census.queued.size, census.requested.size]).toEqual([0, 0]);
  });

  test('changes nothing when the opponent has left the queue', async () => {
    await enqueue(arena(), requestOf(1));
    expect(await sessions().prepareMatch(requestOf(1), requestOf(2))).toBe('opponent_gone');
    expect((await sessions().getQueueStatus(1)).kind).toBe('waiting');
  });

  test('returns a match against the Shadow without an opponent', async () => {
    await enqueue(arena(), requestOf(1));
    expect(await sessions().prepareMatch(requestOf(1), null)).toMatchObject({ opponent: null });
  });
});

describe('getRequestMeta', () => {
  test('returns the window that widens with the wait and the time of the Shadow', async () => {
    await sessions().joinQueue(1, '1v1');
    const began = crowd.clock.now();
    crowd.clock.advance(20_000);
    const meta = await sessions().getRequestMeta(1);
    expect(meta).toMatchObject({ share: 0.3, shadowAtMs: began + 45_000 });
    expect(meta?.maxGs).toBeCloseTo((meta?.request.gs ?? 0) * 1.3);
  });

  test('returns null after 300 s, before any wave has removed the request', async () => {
    await sessions().joinQueue(1, '1v1');
    crowd.clock.advance(300_000);
    expect(await sessions().getRequestMeta(1)).toBeNull();
    await sessions().joinQueue(2, '1v1');
    expect(await sessions().findOpponent(2, '1v1')).toBeNull();
  });
});

describe('getGearScore', () => {
  test('returns the default of 100 without a session', async () => {
    expect(await sessions().getGearScore(99)).toBe(100);
  });

  test('returns about 100 for a new character', async () => {
    for (const id of crowd.ids) {
      expect(Math.abs((await sessions().getGearScore(id)) - 100)).toBeLessThanOrEqual(3);
    }
  });
});
