import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AccountContext } from '../../domains/account/account-context.ts';
import { LostBattleCleanup } from '../../domains/combat/lost-battle-cleanup.ts';
import { keys } from '../../redis/keys.ts';
import { execReplies } from '../../redis/exec-replies.ts';
import { BattleManager } from '../../redis/managers/battle-manager.ts';
import { swapBattle } from '../../redis/scripts/swap-battle.ts';
import { wrongTypeOf } from '../../redis/wrong-type.ts';
import { finishedSession } from '../support/finished-session.ts';
import { MemoryAccountStore } from '../support/memory-account-store.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { ArenaFixture } from '../support/arena-fixture.ts';
import { describeOnEachRedis, describeOnRedisServer } from '../support/redis-engines.ts';
import { type RunningRedis, startRedisServer } from '../support/redis-server.ts';

describeOnEachRedis('a value of another program', 1, (redis) => {
  let table: ArenaFixture;
  beforeEach(async () => {
    table = await ArenaFixture.open(redis());
  });

  test('an unreadable battle frees both fighters and notifies them', async () => {
    const log = new RecordingLog();
    const { client } = table;
    const battles = new BattleManager({ client, log });
    await table.claimed('m', 1, 2);
    await table.arena.deleteMatch('m');
    await client.hset(keys.battle('m'), { version: '1', state: 'no battle' });
    await battles.scheduleCheck('m', 1_000);
    const accounts = new MemoryAccountStore();
    for (const id of [1, 2]) await accounts.createAccount(id, finishedSession(id, 1_000 + id));
    const notified: unknown[] = [];
    const observer = {
      battleLost: (session: AccountContext) => void notified.push(session.user_id),
    };
    const lost = new LostBattleCleanup({ battles, accounts, seats: table.arena, observer, log });
    expect(await lost.releaseFighters('m')).toEqual([1, 2]);
    expect(notified).toEqual([1_001, 1_002]);
    expect(await table.placesOf(1, 2)).toBe('nowhere nowhere');
    expect(await table.client.zrange(keys.deadlines(), 0, -1)).toEqual([]);
  });

  test('a queue entry that is not an id prevents no match', async () => {
    await table.client.zadd(keys.queue('1v1'), 100, 'foreign');
    await table.join(1);
    const range = { minGs: 80, maxGs: 120, aroundGs: 100, limit: 50 };
    const widening = [{ afterMs: 0, share: 0.15 }];
    const terms = { matchId: 'm', range, widening, blockedUserIds: [] };
    expect(await table.other.addToQueue(table.requestOf(2), terms)).toMatchObject({
      kind: 'claimed',
      opponent: { charId: 1 },
    });
  });
});

describeOnRedisServer('a key of another type', () => {
  let server: RunningRedis | null = null;
  let client: Redis;
  beforeAll(async () => {
    server = await startRedisServer();
    client = new Redis(server.url, { keyPrefix: 'x:' });
  });
  afterAll(async () => {
    client.disconnect();
    await server?.stop();
  });
  beforeEach(() => client.flushall());

  test('raises WRONGTYPE and stays unchanged', async () => {
    const table = await ArenaFixture.open({ client, clients: [client] });
    await client.set(keys.queue('1v1'), 'foreign');
    await expect(table.join(1)).rejects.toThrow('WRONGTYPE');
    expect(await client.get(keys.queue('1v1'))).toBe('foreign');
    expect(await table.placesOf(1)).toBe('nowhere');
  });

  test.each<[string, () => Promise<unknown>, string[]]>([
    ['hset', () => client.hset(keys.battle('m'), 'state', 'secret'), ['x:{combat:m}:battle']],
    [
      'lpush',
      () => execReplies(client.pipeline().lpush(keys.battle('m'), 'secret')),
      ['x:{combat:m}:battle'],
    ],
    [
      'evalsha',
      () => swapBattle(client, { id: 'm', version: 1, state: 'secret' }),
      ['x:{combat:m}:battle'],
    ],
    [
      'eval',
      () => client.eval("return redis.call('GET', KEYS[2])", 2, 'k', 'l', 'secret'),
      ['x:k', 'x:l'],
    ],
  ])(
    'is reported with the keys of the %s command and without values',
    async (command, act, named) => {
      await client.sadd(keys.battle('m'), 'foreign');
      await client.sadd('l', 'foreign');
      // The second call of a script sends its digest.
      await act().catch(() => null);
      const wrong = wrongTypeOf(await act().catch((error: unknown) => error));
      expect(wrong).toEqual({ keys: named, command, cure: expect.any(String) as string });
      expect(JSON.stringify(wrong)).not.toContain('secret');
    },
  );

  test('another failure is not reported as a wrong type', async () => {
    const refused = await client.call('SETT', 'k').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Error);
    expect(wrongTypeOf(refused)).toBeNull();
    expect(wrongTypeOf(new Error('WRONGTYPE by word alone'))).toBeNull();
    expect(wrongTypeOf('WRONGTYPE')).toBeNull();
  });
});

describe('a WRONGTYPE reply', () => {
  const replied = (facts: object) =>
    Object.assign(new Error('WRONGTYPE Operation against a key'), { name: 'ReplyError' }, facts);

  test('of a JSON command is reported with its key', () => {
    const command = { name: 'JSON.SET', args: ['x:ac:1', '$', '"secret"'] };
    expect(wrongTypeOf(replied({ command }))).toMatchObject({ keys: ['x:ac:1'] });
  });

  test('without a known command is still reported', () => {
    expect(wrongTypeOf(replied({}))).toMatchObject({ keys: [], command: 'unknown' });
  });
});
