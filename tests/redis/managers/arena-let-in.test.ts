import { beforeEach, describe, expect, test } from 'vitest';
import type { Admission, Waiting } from '../../../domains/arena/arena-store.ts';
import { keys } from '../../../redis/keys.ts';
import { ArenaManager } from '../../../redis/managers/arena-manager.ts';
import { letIn } from '../../../redis/scripts/let-in.ts';
import { ArenaTable } from '../../support/redis-arena-table.ts';
import { describeOnEachRedis } from '../../support/redis-engines.ts';

const MODE = '1v1';

function wordsOf(replies: Awaited<ReturnType<ArenaManager['letIn']>>): string {
  return replies.map((reply) => (typeof reply === 'string' ? reply : 'failed')).join(' ');
}

describeOnEachRedis('ArenaManager: newcomers', 2, (redis) => {
  let table: ArenaTable;
  beforeEach(async () => {
    table = await ArenaTable.open(redis());
  });

  const newcomer = (charId: number): Waiting => {
    return { ...table.requestOf(charId), lastOpponentId: null };
  };
  const waits = (charId: number): Admission => ({ kind: 'waits', newcomer: newcomer(charId) });
  const meets = (id: string, seekerId: number, waiting: Waiting): Admission => {
    return { kind: 'meets', match: table.matchOf(id, seekerId, waiting), waiting };
  };
  const pairs = (id: string, seekerId: number, opponentId: number): Admission => {
    return { kind: 'meets', match: table.matchOf(id, seekerId, opponentId), waiting: null };
  };
  const letAllIn = async (...admissions: Admission[]): Promise<string> =>
    wordsOf(await table.arena.letIn(MODE, admissions, table.clock.now()));

  /** How many entries each of the four lists of who waits has. */
  async function listed(): Promise<number[]> {
    const { client } = table;
    const zsets = [keys.queue(MODE), keys.since(MODE), keys.line(MODE)];
    const counts = await Promise.all(zsets.map((list) => client.zcard(list)));
    return [...counts, await client.hlen(keys.cards(MODE))];
  }

  test('come in all at once, in whatever way', async () => {
    await table.join(9);
    const words = await letAllIn(waits(1), meets('m', 2, newcomer(9)), pairs('n', 3, 4));
    expect(words).toBe('queued claimed claimed');
    expect(await table.placesOf(1, 2, 9, 3, 4)).toBe('waiting seated:m seated:m seated:n seated:n');
    expect(await listed()).toEqual([1, 1, 1, 1]);
    expect(await table.client.exists(...[2, 9, 3, 4].map((id) => keys.request(id)))).toBe(0);
    const pending = await table.arena.getPendingMatches(table.clock.now());
    expect(pending).toEqual([table.matchOf('m', 2, 9), table.matchOf('n', 3, 4)]);
  });

  test('wait just as who joins alone does', async () => {
    await table.join(1);
    const { charId } = newcomer(2);
    expect(await letAllIn(waits(charId))).toBe('queued');
    const [alone, together] = await table.arena.getOldest(MODE, 2);
    expect({ ...alone, charId, userId: 1_002 }).toEqual(together);
    expect(await table.arena.leave(charId, MODE)).toBe('left');
    expect(await listed()).toEqual([1, 1, 1, 1]);
  });

  test('note whom they fight', async () => {
    await letAllIn(pairs('m', 1, 2));
    const last = await table.client.mget(keys.lastOpponent(1), keys.lastOpponent(2));
    expect(last).toEqual(['2', '1']);
  });

  describe('are kept out alone', () => {
    test('where they wait or sit already', async () => {
      await table.join(1);
      table.clock.advance(1);
      await table.claimed('m', 2, 3);
      const words = await letAllIn(waits(1), waits(2), pairs('n', 4, 5), waits(6));
      expect(words).toBe('already_queued seated claimed queued');
      expect(await table.placesOf(1, 2, 6)).toBe('waiting seated:m waiting');
    });

    test('with the match that they seek, whose other side stays what it was', async () => {
      await table.join(1, 9);
      await table.claimed('m', 2, 3);
      expect(await letAllIn(meets('n', 1, newcomer(9)), pairs('o', 2, 4))).toBe(
        'already_queued seated',
      );
      expect(await table.placesOf(1, 9, 4)).toBe('waiting waiting nowhere');
    });

    test('where a newcomer who was chosen for them waits or sits', async () => {
      await table.join(1);
      await table.claimed('m', 2, 3);
      expect(await letAllIn(pairs('n', 4, 1), pairs('o', 5, 2))).toBe(
        'opponent_gone opponent_gone',
      );
      expect(await table.placesOf(1, 4, 5)).toBe('waiting nowhere nowhere');
      expect(await table.client.exists(keys.match('n'), keys.match('o'))).toBe(0);
    });
  });

  describe('do not get who waits no longer as he did:', () => {
    test.each([
      ['he has left', (ids: ArenaTable) => ids.arena.leave(9, MODE)],
      ['he is seated', (ids: ArenaTable) => ids.claim('x', 9, null)],
      ['his request is gone', (ids: ArenaTable) => ids.arena.deleteRequest(9)],
      [
        'another has taken him off the queue',
        (ids: ArenaTable) => ids.other.removeFromQueue(9, MODE),
      ],
    ])('%s', async (_, happen) => {
      await table.join(9);
      await happen(table);
      expect(await letAllIn(meets('m', 1, newcomer(9)))).toBe('opponent_gone');
      expect(await table.placesOf(1)).toBe('nowhere');
      expect(await table.client.exists(keys.match('m'), keys.seat(1))).toBe(0);
    });

    test('he waits anew', async () => {
      await table.join(9);
      const before = newcomer(9);
      await table.arena.leave(9, MODE);
      table.clock.advance(1);
      await table.join(9);
      expect(await letAllIn(meets('m', 1, before))).toBe('opponent_gone');
      expect(await table.placesOf(1, 9)).toBe('nowhere waiting');
    });

    test('his time is over', async () => {
      await table.join(9);
      const ghost = newcomer(9);
      table.clock.advance(300_000);
      expect(await letAllIn(meets('m', 1, ghost))).toBe('opponent_gone');
    });
  });

  test('of two processes that choose the same one, one gets him', async () => {
    await table.join(9);
    const nowMs = table.clock.now();
    const replies = await Promise.all([
      table.arena.letIn(MODE, [meets('m', 1, newcomer(9)), waits(3)], nowMs),
      table.other.letIn(MODE, [meets('n', 2, newcomer(9)), waits(4)], nowMs),
    ]);
    const words = replies.map(wordsOf).toSorted();
    expect(words).toEqual(['claimed queued', 'opponent_gone queued']);
  });

  test('a call whose reply was lost changes nothing the second time', async () => {
    await table.join(9);
    const call = [waits(1), meets('m', 2, newcomer(9)), pairs('n', 3, 4)];
    await letAllIn(...call);
    const before = [await listed(), await table.placesOf(1, 2, 3, 4, 9)];
    expect(await letAllIn(...call)).toBe('queued claimed claimed');
    expect([await listed(), await table.placesOf(1, 2, 3, 4, 9)]).toEqual(before);
  });

  test.each([
    ['of another GearScore', (one: Waiting) => ({ ...one, gs: 101 })],
    ['of another moment', (one: Waiting) => ({ ...one, startTimeMs: one.startTimeMs + 1 })],
  ])('a wait %s is not the one that was asked for', async (_, change) => {
    await letAllIn(waits(1));
    const before = await table.arena.getRequest(1);
    const another: Admission = { kind: 'waits', newcomer: change(newcomer(1)) };
    expect(await letAllIn(another)).toBe('already_queued');
    expect(await table.arena.enqueue(change(newcomer(1)))).toBe('already_queued');
    expect(await table.arena.getRequest(1)).toEqual(before);
  });

  test('leave nothing behind of a wait that is over', async () => {
    await table.join(1, 2, 3);
    table.clock.advance(300_000);
    await table.client.del(keys.request(1), keys.request(2));
    expect(await letAllIn(waits(1), pairs('m', 2, 3))).toBe('queued claimed');
    expect(await listed()).toEqual([1, 1, 1, 1]);
    expect(await table.waitingIds()).toEqual([1]);
  });

  /** As a server that is not ours to mend would say it, of a call with this key or of every one. */
  function refusing(words: string, key: string | null) {
    const calls: unknown[][] = [];
    const client: typeof table.client = new Proxy(table.client, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if ((name !== 'evalsha' && name !== 'eval') || typeof value !== 'function') return value;
        return (...args: unknown[]): unknown => {
          calls.push(args);
          const refusal = Object.assign(new Error(words), { name: 'ReplyError' });
          const isRefused = key === null || args.includes(key);
          return isRefused ? Promise.reject(refusal) : Reflect.apply(value, target, args);
        };
      },
    });
    const { clock, log } = table;
    return { arena: new ArenaManager({ client, clock, log }), calls };
  }

  test('one whom Redis cannot let in keeps nobody else out', async () => {
    const { arena } = refusing('NOPERM', keys.seat(2));
    const call = [waits(1), waits(2), waits(3)];
    expect(await arena.letIn(MODE, call, table.clock.now())).toEqual([
      'queued',
      { cause: expect.objectContaining({ message: 'NOPERM' }) as unknown },
      'queued',
    ]);
    expect(table.log.lines.map(({ level }) => level)).toEqual(['error']);
    expect(await table.placesOf(1, 2, 3)).toBe('waiting nowhere waiting');
  });

  test('one who cannot look around keeps nobody else from it, and comes in as who saw nothing', async () => {
    await table.join(9);
    const { arena } = refusing('NOPERM', keys.lastOpponent(2));
    const range = { minGs: 90, maxGs: 110, aroundGs: 100, limit: 3 };
    const wishes = [1, 2].map((charId) => ({ request: table.requestOf(charId), range }));
    const seen = await arena.survey(MODE, wishes);
    expect(seen.map(({ seeker }) => seeker.charId)).toEqual([1, 2]);
    expect(seen.map(({ sight }) => sight?.others.length ?? null)).toEqual([1, null]);
    expect(table.log.lines.map(({ level }) => level)).toEqual(['error']);
  });

  test.each(['OOM command not allowed', 'READONLY You can’t write against a read only replica'])(
    'an outage is everybody’s: all hear of it as it was said, and nobody is tried alone: %s',
    async (words) => {
      const { arena, calls } = refusing(words, null);
      const call = [waits(1), waits(2), waits(3)];
      const error: unknown = await arena.letIn(MODE, call, table.clock.now()).catch(String);
      expect(error).toBe(`ReplyError: ${words}`);
      const wishes = call.map(() => ({
        request: table.requestOf(1),
        range: { minGs: 90, maxGs: 110, aroundGs: 100, limit: 3 },
      }));
      await expect(arena.survey(MODE, wishes)).rejects.toThrow(words);
      expect(calls).toHaveLength(2);
      expect(table.log.lines).toEqual([]);
    },
  );

  test('the Shadow is met from the queue alone', async () => {
    const admission = { kind: 'meets', match: table.matchOf('m', 1, null), waiting: null } as const;
    const door = { mode: MODE, nowMs: 0, requestTtlMs: 1 } as const;
    await expect(letIn(table.client, door, [admission])).rejects.toThrow('Shadow');
  });
});
