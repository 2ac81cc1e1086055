import { beforeEach, expect, test } from 'vitest';
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

  async function seenBy(charId: number): Promise<string | null> {
    const joined = await table.arena.join(table.requestOf(charId), range);
    if (joined.kind !== 'queued') return joined.kind;
    return joined.sight?.others.map((one) => one.charId).join(' ') ?? null;
  }

  test('of equals, above as below, those are handed over who have waited longest', async () => {
    await joinAt(100, 9, 3, 5);
    await joinAt(97, 8, 2, 6);
    expect(await seenBy(1)).toBe('9 3 8 2');
  });

  test('a queue that an older release filled is matched as well, and has cards after a wave', async () => {
    await joinAt(100, 2, 3);
    await table.client.del(keys.cards(MODE), keys.line(MODE));
    expect(await seenBy(1)).toBeNull();
    const { others } = await table.arena.look(MODE, { ...range, limit: 50 });
    expect(others.map(({ charId }) => charId)).toEqual([1, 2, 3]);
    expect(await table.waitingIds()).toEqual([2, 3, 1]);
    await table.arena.dropExpired(MODE, table.clock.now());
    expect(await table.client.zcard(keys.line(MODE))).toBe(3);
    expect(await seenBy(4)).toBe('2 3');
  });
});
