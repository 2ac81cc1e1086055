import { setTimeout } from 'node:timers/promises';
import { Redis } from 'ioredis';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
} from 'vitest';
import { keys } from '../../redis/keys.ts';
import { UpdateHeartbeatManager } from '../../redis/managers/update-heartbeat-manager.ts';
import { claimKeyspace } from '../../redis/claim-keyspace.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { type RunningRedis, startRedisServer } from '../support/redis-server.ts';

const [ID, OTHER] = [4242, 4343];

describeOnRedisServer('claimKeyspace', () => {
  let server: RunningRedis | null = null;
  let client: Redis;
  beforeAll(async () => {
    server = await startRedisServer();
    client = new Redis(server.url);
  });
  afterAll(async () => {
    client.disconnect();
    await server?.stop();
  });
  beforeEach(() => client.flushall());

  describe('while one bot uses the keys', () => {
    test('admits any number of its processes, each of which renews the id for a minute', async () => {
      await claimKeyspace(client, ID);
      const hold = await claimKeyspace(client, ID);
      expect(await client.ttl(keys.botId())).toBeGreaterThan(55);
      await client.expire(keys.botId(), 5);
      await hold();
      expect(await client.ttl(keys.botId())).toBeGreaterThan(55);
      expect(await client.get(keys.botId())).toBe(String(ID));
    });

    test('refuses another bot with one line that names REDIS_PREFIX and changes nothing', async () => {
      await claimKeyspace(client, ID);
      await expect(claimKeyspace(client, OTHER)).rejects.toThrow(
        /^Another bot \(id 4242\) plays on this Redis: set REDIS_PREFIX to a name of this bot's own, .*$/,
      );
      expect(await client.get(keys.botId())).toBe(String(ID));
    });

    test('admits another bot with its own prefix', async () => {
      await claimKeyspace(client, ID);
      const apart = new Redis(server?.url ?? '', { keyPrefix: 'b:' });
      await claimKeyspace(apart, OTHER);
      apart.disconnect();
      expect((await client.keys('*')).toSorted()).toEqual(['b:bot:id', 'bot:id']);
    });

    test('admits another bot once the id of a stopped one has expired', async () => {
      const hold = await claimKeyspace(client, ID);
      await client.pexpire(keys.botId(), 1);
      await expect.poll(() => client.exists(keys.botId())).toBe(0);
      await claimKeyspace(client, OTHER);
      await expect(hold()).rejects.toThrow('Another bot (id 4343)');
    });
  });

  describe('on a server without free memory', () => {
    beforeEach(() => client.config('SET', 'maxmemory', '1'));
    afterEach(() => client.config('SET', 'maxmemory', '0'));

    test('admits the bot, which stores its id once there is memory', async () => {
      const hold = await claimKeyspace(client, ID);
      await expect(hold()).rejects.toThrow('OOM');
      await client.config('SET', 'maxmemory', '0');
      await hold();
      expect(await client.get(keys.botId())).toBe(String(ID));
    });

    test('still refuses another bot', async () => {
      await client.config('SET', 'maxmemory', '0');
      await claimKeyspace(client, ID);
      await client.config('SET', 'maxmemory', '1');
      await expect(claimKeyspace(client, OTHER)).rejects.toThrow('Another bot');
    });
  });

  describe('while another program uses the key', () => {
    test.each([
      ['text', () => client.set(keys.botId(), 'secret|text')],
      ['a list', () => client.lpush(keys.botId(), 'secret')],
      ['a list as the heartbeat', () => client.lpush(keys.updateHeartbeat(), 'secret')],
    ])('%s fails the start with one line that names the key and what to do', async (_, write) => {
      await write();
      const refusal: unknown = await claimKeyspace(client, ID).catch((error: unknown) => error);
      expect(String(refusal)).toMatch(
        /^RedisStartError: .*bot:(id|hearing).*: another program writes this key: set REDIS_PREFIX, or delete the key\.$/,
      );
      expect(String(refusal)).not.toContain('secret');
    });
  });

  describe('with the heartbeat of an older release', () => {
    /** As release 0.1.0 does every second. */
    const beatAs = (form: string) => client.set(keys.updateHeartbeat(), form, 'EX', 5);

    test('refuses the start while a process renews it', async () => {
      await beatAs('1');
      const beats = setInterval(() => void beatAs('1'), 500);
      onTestFinished(() => {
        clearInterval(beats);
      });
      await expect(claimKeyspace(client, ID)).rejects.toThrow(
        /^A process of an older release is still running on this Redis: stop it first\.$/,
      );
      expect(await client.exists(keys.botId())).toBe(0);
    });

    test('waits until the heartbeat of a stopped process has expired', async () => {
      await beatAs('1');
      await client.pexpire(keys.updateHeartbeat(), 700);
      await claimKeyspace(client, ID);
      expect(await client.exists(keys.updateHeartbeat())).toBe(0);
    });

    test('does not wait for a heartbeat of this release or a later one', async () => {
      await new UpdateHeartbeatManager(client).report(true);
      await Promise.race([claimKeyspace(client, ID), refusedAfter(2_000)]);
      await beatAs('3');
      await Promise.race([claimKeyspace(client, ID), refusedAfter(2_000)]);
    });
  });
});

async function refusedAfter(ms: number): Promise<never> {
  await setTimeout(ms);
  throw new Error('It took too long');
}
