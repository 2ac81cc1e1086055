import { Redis } from 'ioredis';
import type { RedisClient } from '../../redis/redis-client.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AccountContext } from '../../domains/account/account-context.ts';
import { LostBattles } from '../../domains/combat/lost-battles.ts';
import { openInProcessRedis } from '../../redis/in-process-redis.ts';
import { type KeyName, type KeyRow, keyTable, keys, rowOf } from '../../redis/keys.ts';
import { AccountManager } from '../../redis/managers/account-manager.ts';
import { BattleManager } from '../../redis/managers/battle-manager.ts';
import { MemoManager } from '../../redis/managers/memo-manager.ts';
import { PlayerManager } from '../../redis/managers/player-manager.ts';
import { mendingClient } from '../../redis/mending-client.ts';
import { freshBattle } from '../support/battle-setup.ts';
import { finishedSession } from '../support/finished-session.ts';
import { MemoryAccountStore } from '../support/memory-account-store.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { ArenaTable } from '../support/redis-arena-table.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { type RunningRedis, startRedisServer } from '../support/redis-server.ts';

const MODE = '1v1';

/** Values of every type that a key of ours may be found to hold. */
const foreign: Record<string, (client: RedisClient, key: string) => Promise<unknown>> = {
  string: (client, key) => client.set(key, 'foreign'),
  hash: (client, key) => client.hset(key, 'foreign', '1'),
  zset: (client, key) => client.zadd(key, 1, 'foreign'),
  list: (client, key) => client.rpush(key, 'foreign'),
};

/** Only a server says WRONGTYPE, and only a server is shared with others. */
describeOnRedisServer('a foreign value in the place of a key', () => {
  let server: RunningRedis;
  let raw: Redis;
  let client: Redis;
  let log: RecordingLog;
  let table: ArenaTable;
  let battles: BattleManager;

  beforeAll(async () => {
    server = await startRedisServer();
    raw = new Redis(server.url);
  });
  afterAll(async () => {
    raw.disconnect();
    await server.stop();
  });
  beforeEach(async () => {
    log = new RecordingLog();
    client = mendingClient(raw, log);
    table = await ArenaTable.open({ client, clients: [client] });
    battles = new BattleManager({ client, log });
  });

  /** What reads and writes each key in the game. */
  const uses: Partial<Record<KeyName, { key: string; use: () => Promise<unknown> }>> = {
    lobby: {
      key: keys.lobby(7),
      use: async () => {
        const { documents } = await openInProcessRedis();
        return new AccountManager({ client, documents, log }).getLobbyCache(7);
      },
    },
    player: {
      key: keys.player(7),
      use: async () => {
        const players = new PlayerManager({ client, log });
        await players.read(7);
        await players.setActiveCharacter(7, 42);
        expect((await players.read(7)).character).toBe(42);
      },
    },
    memo: {
      key: keys.memo('screen', '7'),
      use: () => new MemoManager({ client, log }).read('screen', '7'),
    },
    queue: { key: keys.queue(MODE), use: () => table.join(1) },
    since: { key: keys.since(MODE), use: () => table.join(1) },
    cards: { key: keys.cards(MODE), use: () => table.join(1) },
    line: { key: keys.line(MODE), use: () => table.join(1) },
    request: { key: keys.request(1), use: () => table.join(1) },
    seat: {
      key: keys.seat(1),
      use: async () => {
        expect(await table.placesOf(1)).toBe('nowhere');
      },
    },
    lastOpponent: {
      key: keys.lastOpponent(1),
      use: async () => {
        await table.join(1);
        expect(await table.waitingIds()).toEqual([1]);
      },
    },
    match: { key: keys.match('m'), use: () => table.claimed('m', 1, 2) },
    matches: { key: keys.matches(), use: () => table.claimed('m', 1, 2) },
    battle: { key: keys.battle('b'), use: () => battles.get('b') },
    deadlines: { key: keys.deadlines(), use: () => battles.watch('b', 1_000) },
    beat: { key: keys.beat(), use: () => battles.beat({ nowMs: 1_000, awayMs: 1, joinMs: 0 }) },
  };

  describe.each(Object.entries(uses))('%s', (name, { key, use }) => {
    const { type }: KeyRow = keyTable[rowOf(key) ?? 'account'];
    // MGET and SET take a key of whatever type; a seat's type shows when it is read. A beat was a
    // string in the release before.
    const ours: readonly string[] = name === 'beat' ? [type, 'string'] : [type];
    test.each(Object.keys(foreign).filter((other) => !ours.includes(other)))(
      'a %s gives way, with one line that names the key',
      async (other) => {
        await foreign[other]?.(raw, key);
        await use();
        await use().catch(() => null);
        expect(rowOf(key)).toBe(name);
        expect(log.lines.map(({ facts }) => facts['key'])).toEqual([key]);
        expect(['none', type]).toContain(await raw.type(key));
      },
    );
  });

  test('says so once, however often it comes back', async () => {
    for (let times = 0; times < 3; times += 1) {
      await raw.del(keys.beat());
      await foreign['list']?.(raw, keys.beat());
      await battles.beat({ nowMs: 1_000, awayMs: 1, joinMs: 0 });
    }
    expect(log.lines).toHaveLength(1);
  });

  test('is none of our business under another name, and its error is raised', async () => {
    await raw.set('theirs', '1');
    await expect(client.hget('theirs', 'field')).rejects.toThrow('WRONGTYPE');
    expect(await raw.get('theirs')).toBe('1');
  });

  test.each(['queue', 'since', 'cards', 'line'] as const)(
    'of the list %s costs nobody his place: all wait as before',
    async (list) => {
      await table.join(1, 2);
      await table.claimed('m', 3, 4);
      await raw.del(keys[list](MODE));
      await foreign['string']?.(raw, keys[list](MODE));
      await table.join(5);
      expect(await table.waitingIds()).toEqual([1, 2, 5]);
      expect(await table.arena.queueSize(MODE)).toBe(3);
      expect(await table.claim('n', 1, 2)).toBe('claimed');
    },
  );

  test('met in the middle of a claim does not halve it', async () => {
    await table.join(1, 2);
    await raw.del(keys.since(MODE));
    await foreign['hash']?.(raw, keys.since(MODE));
    await foreign['string']?.(raw, keys.matches());
    expect(await table.claim('m', 1, 2)).toBe('claimed');
    expect(await table.placesOf(1, 2)).toBe('seated:m seated:m');
    expect(await table.arena.isPending('m')).toBe(true);
    expect(await table.arena.queueSize(MODE)).toBe(0);
  });

  test.each([
    keys.queue(MODE),
    keys.since(MODE),
    keys.cards(MODE),
    keys.line(MODE),
    keys.matches(),
    keys.match('m'),
    keys.request(1),
    keys.request(3),
  ])('met by newcomers keeps none of them out: %s', async (key) => {
    await table.join(2);
    const newcomers = [1, 3].map((id) => ({ ...table.requestOf(id), lastOpponentId: null }));
    const waiting = { ...table.requestOf(2), lastOpponentId: null };
    const match = table.matchOf('m', 1, 2);
    const admissions = [
      { kind: 'meets', match, waiting },
      ...newcomers.slice(1).map((newcomer) => ({ kind: 'waits', newcomer }) as const),
    ] as const;
    await raw.del(key);
    await foreign['list']?.(raw, key);
    const replies = await table.arena.letIn(MODE, admissions, table.clock.now());
    expect(replies).toEqual(['claimed', 'queued']);
    expect(await table.placesOf(1, 2, 3)).toBe('seated:m seated:m waiting');
    expect(await table.arena.isPending('m')).toBe(true);
    expect(await table.waitingIds()).toEqual([3]);
    const lists = [keys.queue(MODE), keys.since(MODE), keys.line(MODE)].map((list) =>
      raw.zcard(list),
    );
    expect(await Promise.all(lists)).toEqual([1, 1, 1]);
  });

  test('of a battle frees both who sat in it, and tells them', async () => {
    await table.claimed('m', 1, 2);
    await table.arena.settleMatch('m');
    await foreign['string']?.(raw, keys.battle('m'));
    await battles.watch('m', 1_000);
    const accounts = new MemoryAccountStore();
    for (const id of [1, 2]) await accounts.createAccount(id, finishedSession(id, 1_000 + id));
    const told: unknown[] = [];
    const observer = { battleLost: (session: AccountContext) => void told.push(session.user_id) };
    const lost = new LostBattles({ battles, accounts, seats: table.arena, observer, log });
    expect(await lost.giveUp('m')).toEqual([1, 2]);
    expect(told).toEqual([1_001, 1_002]);
    expect(await table.placesOf(1, 2)).toBe('nowhere nowhere');
    expect(await battles.due(Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
  });

  test('of the list of matches leaves none behind', async () => {
    const match = await table.claimed('m', 1, 2);
    await raw.del(keys.matches());
    await foreign['string']?.(raw, keys.matches());
    expect(await table.arena.getPendingMatches(table.clock.now())).toEqual([match]);
  });

  test('of the clocks’ list stops no clock', async () => {
    await battles.create(freshBattle({ id: 'b' }));
    await battles.watch('b', 5_000);
    await raw.del(keys.deadlines());
    await foreign['string']?.(raw, keys.deadlines());
    expect(await battles.due(1_000, 10)).toEqual(['b']);
  });
});

describe('a key', () => {
  test.each([
    ['{arena}:queue:1v1', 'queue'],
    ['{combat:m1}:battle', 'battle'],
    ['memo:screen:7', 'memo'],
    ['ac:42', 'account'],
    ['{arena}:queue', null],
    ['theirs', null],
    ['a text about ac:42', null],
  ])('%s belongs to the row %s', (key, row) => {
    expect(rowOf(key)).toBe(row);
  });
});
