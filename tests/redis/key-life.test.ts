import { beforeEach, expect, test } from 'vitest';
import type { QueueRequest } from '../../domains/arena/arena-store.ts';
import type { RankedEntry } from '../../domains/rating/ladder.ts';
import { silentLog } from '../support/silent-log.ts';
import { InProcessDocuments } from '../../redis/documents/in-process-documents.ts';
import { type KeyRow, keyTable } from '../../redis/keys.ts';
import { AccountManager } from '../../redis/managers/account-manager.ts';
import { ArenaManager } from '../../redis/managers/arena-manager.ts';
import { BattleManager } from '../../redis/managers/battle-manager.ts';
import { BotIdManager } from '../../redis/managers/bot-id-manager.ts';
import { ChatManager } from '../../redis/managers/chat-manager.ts';
import { InventoryManager } from '../../redis/managers/inventory-manager.ts';
import { LadderManager } from '../../redis/managers/ladder-manager.ts';
import { UpdateHeartbeatManager } from '../../redis/managers/update-heartbeat-manager.ts';
import { WriteBehindManager } from '../../redis/managers/write-behind-manager.ts';
import { MemoManager } from '../../redis/managers/memo-manager.ts';
import { PlayerManager } from '../../redis/managers/player-manager.ts';
import { DrainManager } from '../../redis/managers/drain-manager.ts';
import { SearchesManager } from '../../redis/managers/searches-manager.ts';
import { createBattle } from '../../redis/scripts/create-battle.ts';
import { raiseCharacterNumber } from '../../redis/scripts/raise-character-number.ts';
import { enqueue } from '../support/arena-steps.ts';
import { openBag } from '../support/items.ts';
import { FixedClock } from '../support/clock.ts';
import { describeOnEachRedis } from '../support/redis-engines.ts';

describeOnEachRedis('the table of keys', 1, (redis) => {
  beforeEach(() => redis().client.flushall());

  test('states the type and TTL of every key that the managers write', async () => {
    const { client } = redis();
    await writeOneOfEach();
    const found = (await client.keys('*')).toSorted();
    const rows = Object.values<KeyRow>(keyTable).filter(({ type }) => type !== 'document');
    expect(new Set(found.map(patternOf))).toEqual(new Set(rows.map(({ pattern }) => pattern)));
    for (const key of found) {
      const row = rows.find(({ pattern }) => pattern === patternOf(key));
      const ttlS = await client.ttl(key);
      expect({ key, type: await client.type(key), ttlS: nearly(ttlS, row?.lifeS) }).toEqual({
        key,
        type: row?.type,
        ttlS: row?.lifeS === null ? -1 : row?.lifeS,
      });
    }
  });

  async function writeOneOfEach(): Promise<void> {
    const { client } = redis();
    const base = { client, log: silentLog };
    const clock = new FixedClock();
    const arena = new ArenaManager({ ...base, clock });
    const sides = [1, 2, 3].map((charId): QueueRequest => {
      return { charId, userId: charId, mode: '1v1', gs: 100, startTimeMs: clock.now() };
    });
    const [seeker, opponent] = sides;
    if (seeker === undefined || opponent === undefined) throw new Error('Two sides are needed');
    for (const side of sides) await enqueue(arena, side, [8]);
    await arena.claimMatch({ id: 'm', mode: '1v1', seeker, opponent, claimedAtMs: clock.now() });
    await new DrainManager(client).setDraining(true);
    const search = { id: 'm:0', gs: 100, waitedMs: 1, isShadow: false };
    const searches = new SearchesManager(base);
    await searches.add('1v1', search, clock.now());
    await searches.addExpired(clock.now());
    const accounts = new AccountManager({ ...base, documents: new InProcessDocuments(new Map()) });
    await accounts.setLobbyCache(7, []);
    await new PlayerManager(base).setLanguage(7, 'ru');
    await new InventoryManager(base).setInventory('k3j9abcdef01', openBag());
    await new MemoManager(base).write('screen', '7', { value: 1, ttlS: 60 });
    const chats = new ChatManager(base);
    await chats.writeScreen(7, 1);
    await chats.take(7, { token: 'a', leaseMs: 60_000 });
    const battles = new BattleManager(base);
    await createBattle(client, { id: 'm', version: 1, state: '{}' });
    await battles.scheduleCheck('m', clock.now());
    await battles.recordHeartbeat({ nowMs: clock.now(), maxGapMs: 5_000, mergeGapMs: 0 });
    await new UpdateHeartbeatManager(client).report(true);
    await new BotIdManager(client, 4242).hold();
    await raiseCharacterNumber(client, 1);
    const lists = new LadderManager(client);
    await lists.takeRebuild();
    await lists.rebuild(null, oneEntry());
    const writeBehind = new WriteBehindManager({ client, clock });
    await writeBehind.recordSeen(1);
    await writeBehind.markDirty('session', 1);
    await writeBehind.leaseDirty('session', { sinceMs: clock.now(), limit: 1 });
    await writeBehind.markDirty('session', 1);
  }
});

async function* oneEntry(): AsyncGenerator<readonly RankedEntry[]> {
  const of = 'mystic' as const;
  yield await Promise.resolve([{ charId: 1, name: 'Ann', shown: 1500, of, reachedAtMs: 0 }]);
}

/** The only pattern that matches a key. */
function patternOf(key: string): string {
  const fitting = Object.values(keyTable).filter(({ pattern }) => {
    const literal = pattern.replace(/[{}]/g, '\\$&').replace(/<\w+>/g, '[\\w-]+');
    return new RegExp(`^${literal}$`).test(key);
  });
  const [row] = fitting;
  if (row === undefined || fitting.length > 1) throw new Error(`${key} fits no one row`);
  return row.pattern;
}

/** The documented TTL if the remaining one is close to it or set by the caller. */
function nearly(ttlS: number, lifeS: KeyRow['lifeS'] | undefined): KeyRow['lifeS'] | undefined {
  if (lifeS === 'caller') return lifeS;
  return typeof lifeS === 'number' && ttlS <= lifeS && ttlS > lifeS - 10 ? lifeS : ttlS;
}
