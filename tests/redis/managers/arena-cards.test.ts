import { beforeEach, describe, expect, test } from 'vitest';
import { keys } from '../../../redis/keys.ts';
import { ArenaTable } from '../../support/redis-arena-table.ts';
import { describeOnEachRedis } from '../../support/redis-engines.ts';

const MODE = '1v1';
const range = { minGs: 85, maxGs: 115, aroundGs: 100, limit: 2 };

describeOnEachRedis('ArenaManager: cards', 1, (redis) => {
  let table: ArenaTable;
  beforeEach(async () => {
    table = await ArenaTable.open(redis());
  });

  async function joinAt(gs: number, ...charIds: number[]): Promise<void> {
    for (const charId of charIds) {
      await table.arena.enqueue(table.requestOf(charId, gs));
      table.clock.advance(1);
    }
  }

  /** Whom somebody of GearScore 100 sees; null if it cannot be told. */
  async function seenBy(charId: number, limit = 2): Promise<string | null> {
    const request = table.requestOf(charId);
    const [seen] = await table.arena.survey(MODE, [{ request, range: { ...range, limit } }]);
    return seen?.sight?.others.map((one) => one.charId).join(' ') ?? null;
  }

  test('of equals those are handed over who have waited longest', async () => {
    await joinAt(100, 9);
    await joinAt(97, 8, 2, 6);
    expect(await seenBy(1)).toBe('9 8 2');
    await joinAt(100, 3, 5);
    expect(await seenBy(1, 3)).toBe('9 3 5');
  });

  test('below one’s own GearScore nobody is handed over where those of it are enough', async () => {
    await joinAt(97, 8);
    await joinAt(100, 9, 3);
    expect(await seenBy(1)).toBe('9 3');
    expect(await seenBy(1, 3)).toBe('9 3 8');
  });

  test('many look around at once, each in his own range, and learn whom they fought last', async () => {
    await table.claimed('m', 1, 2);
    await table.arena.freeSeat(1, 'm');
    await joinAt(100, 3);
    await joinAt(500, 4);
    const wishes = [1, 5].map((charId) => {
      const request = table.requestOf(charId);
      const aroundGs = charId === 1 ? 100 : 500;
      return { request, range: { minGs: aroundGs - 10, maxGs: aroundGs + 10, aroundGs, limit: 2 } };
    });
    const seen = await table.arena.survey(MODE, wishes);
    expect(seen.map(({ sight }) => sight?.others.map(({ charId }) => charId))).toEqual([[3], [4]]);
    expect(seen.map(({ seeker }) => seeker.lastOpponentId)).toEqual([2, null]);
  });

  test('a last opponent that nobody can read is none, and the log says so', async () => {
    await table.client.set(keys.lastOpponent(1), 'a friend');
    const request = table.requestOf(1);
    const [seen] = await table.arena.survey(MODE, [{ request, range }]);
    expect(seen?.seeker.lastOpponentId).toBeNull();
    expect(table.log.lines.map(({ facts }) => facts['key'])).toEqual([keys.lastOpponent(1)]);
  });

  test.each(['no card', 'no|card', '1700000000000,7,1007,100', '1700000000000,7,1007,much,'])(
    'what is no card makes sight uncertain: %s',
    async (foreign) => {
      await joinAt(100, 2);
      await table.client.zadd(keys.line(MODE), 100, foreign);
      await table.client.zadd(keys.queue(MODE), 100, 7);
      expect(await seenBy(1)).toBeNull();
    },
  );

  describe.each(['x|y', 'a friend', '-7', '1234567890123456'])(
    'who has %s for a last opponent',
    (foreign) => {
      beforeEach(() => table.client.set(keys.lastOpponent(2), foreign));

      test('looks around with the others', async () => {
        await joinAt(100, 9);
        const wishes = [2, 3].map((charId) => ({ request: table.requestOf(charId), range }));
        const seen = await table.arena.survey(MODE, wishes);
        expect(seen.map(({ sight }) => sight?.others.length)).toEqual([1, 1]);
        expect(seen[0]?.seeker.lastOpponentId).toBeNull();
      });

      test('is seen where he joined, was put back, or came back from a match', async () => {
        await joinAt(100, 2);
        expect(await seenBy(1)).toBe('2');
        await table.client.del(keys.cards(MODE), keys.line(MODE));
        await table.arena.dropExpired(MODE, table.clock.now());
        expect(await seenBy(1)).toBe('2');
        const [waiting] = await table.arena.getWaiting([2]);
        const match = table.matchOf('m', waiting ?? 2, null);
        expect(await table.arena.claimMatch(match)).toBe('claimed');
        await table.client.set(keys.lastOpponent(2), foreign);
        await table.arena.returnMatch(match, [2]);
        expect(await seenBy(1)).toBe('2');
      });
    },
  );

  describe('what is no id of a character', () => {
    const strangers: Record<string, () => Promise<unknown>> = {
      queue: () => table.client.zadd(keys.queue(MODE), 100, 'theirs'),
      since: () => table.client.zadd(keys.since(MODE), 1, 'theirs'),
      cards: () => table.client.hset(keys.cards(MODE), 'theirs', 'no card'),
      'the queue, reading like one': () => table.client.zadd(keys.queue(MODE), 100, '2.0'),
    };
    test.each(Object.keys(strangers))(
      'leaves %s by the next wave, which says so',
      async (where) => {
        await joinAt(100, 2);
        await strangers[where]?.();
        await table.arena.dropExpired(MODE, table.clock.now());
        await table.arena.dropExpired(MODE, table.clock.now());
        expect(await seenBy(1)).toBe('2');
        const { client, log } = table;
        const lists = [keys.queue(MODE), keys.since(MODE), keys.line(MODE)];
        const counts = await Promise.all(lists.map((list) => client.zcard(list)));
        expect([...counts, await client.hlen(keys.cards(MODE))]).toEqual([1, 1, 1, 1]);
        expect(log.lines.map(({ level }) => level)).toEqual(['warn']);
      },
    );
  });

  test('a queue that an older release filled is matched as well, and has cards after a wave', async () => {
    await joinAt(100, 2, 3);
    await table.client.del(keys.cards(MODE), keys.line(MODE));
    expect(await seenBy(1)).toBeNull();
    const { others } = await table.arena.look(MODE, { ...range, limit: 50 });
    expect(others.map(({ charId }) => charId)).toEqual([2, 3]);
    expect(await table.waitingIds()).toEqual([2, 3]);
    await table.arena.dropExpired(MODE, table.clock.now());
    expect(await table.client.zcard(keys.line(MODE))).toBe(2);
    expect(await seenBy(4)).toBe('2 3');
  });

  test('who joined by an older release can leave and be claimed, and nothing of him stays', async () => {
    const [two, three] = [table.requestOf(2), table.requestOf(3)];
    await table.arena.enqueue(two);
    await table.arena.enqueue(three);
    await table.client.del(keys.cards(MODE), keys.line(MODE));
    expect(await table.arena.leave(2, MODE)).toBe('left');
    expect(await table.claim('m', three, null)).toBe('claimed');
    expect(await table.client.zcard(keys.queue(MODE))).toBe(0);
    expect(await table.client.zcard(keys.since(MODE))).toBe(0);
  });

  test('who left by an older release and is back is not met by the card of his first wait', async () => {
    await joinAt(100, 2);
    const [seen] = await table.arena.survey(MODE, [{ request: table.requestOf(1), range }]);
    await table.client.hset(keys.request(2), 'start_time', table.clock.now());
    const [waiting] = seen?.sight?.others ?? [];
    const match = table.matchOf('m', 1, waiting ?? null);
    const admission = { kind: 'meets', match, waiting: waiting ?? null } as const;
    expect(await table.arena.letIn(MODE, [admission], table.clock.now())).toEqual([
      'opponent_gone',
    ]);
  });
});
