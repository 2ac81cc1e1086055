import type { Redis } from 'ioredis';
import { beforeEach, expect, test } from 'vitest';
import { LuaScript } from '../../../redis/scripts/lua-script.ts';
import { describeOnEachRedis } from '../../support/redis-engines.ts';

describeOnEachRedis('LuaScript', 1, (redis) => {
  let client: Redis;
  beforeEach(async () => {
    ({ client } = redis());
    await client.flushall();
  });

  test('runs on a server with and without the script in its cache', async () => {
    const script = new LuaScript('free-seat', ['freed', 'not_held']);
    const call = { keys: ['seat', 'sides'], args: ['m'] };
    expect(await script.run(client, call)).toBe('not_held');
    await client.set('seat', 'm');
    expect(await script.run(client, call)).toBe('freed');
  });

  test('throws on an undocumented reply', async () => {
    const script = new LuaScript('free-seat', ['freed']);
    await expect(script.run(client, { keys: ['seat', 'sides'], args: ['m'] })).rejects.toThrow(
      'free-seat.lua replied "not_held"',
    );
  });

  test('rethrows an error of Redis', async () => {
    const script = new LuaScript('leave-queue', ['left']);
    const keys = ['queue', 'since', 'request', 'seat'];
    const args = [1, '1v1'];
    await expect(script.run(client, { keys: keys.slice(0, 1), args })).rejects.toThrow();
  });

  test('splits a reply with data into its parts and refuses an undocumented word', async () => {
    const script = new LuaScript('free-seat', ['freed', 'not_held']);
    const replies: unknown[] = ['freed|a|', 'lost|a', 7];
    const telling = Object.assign(Object.create(client) as Redis, {
      evalsha: () => Promise.resolve(replies.shift()),
    });
    const call = { keys: ['seat', 'sides'], args: [] };
    expect(await script.ask(telling, call)).toEqual({ word: 'freed', rest: ['a', ''] });
    await expect(script.ask(telling, call)).rejects.toThrow('replied "lost|a"');
    await expect(script.ask(telling, call)).rejects.toThrow('replied 7');
  });
});
