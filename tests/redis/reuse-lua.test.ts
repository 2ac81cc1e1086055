import { expect, test } from 'vitest';
import { openInProcessRedis } from '../../redis/in-process-redis.ts';

const COUNT = `return redis.call('incrby', KEYS[1], ARGV[1])`;

test('a script in the in-process Redis sees the keys and arguments of each call, and its own server', async () => {
  const [one, other] = [(await openInProcessRedis()).client, (await openInProcessRedis()).client];
  expect(await one.eval(COUNT, 1, 'a', 2)).toBe(2);
  expect(await one.eval(COUNT, 1, 'b', 5)).toBe(5);
  expect(await other.eval(COUNT, 1, 'a', 3)).toBe(3);
  expect(await one.eval(COUNT, 1, 'a', 3)).toBe(5);
  expect(await one.eval(`return { #KEYS, #ARGV, 'x' }`, 0)).toEqual([0, 0, 'x']);
});

test('a script after one that cannot be compiled, and after one that fails, runs as usual', async () => {
  const { client } = await openInProcessRedis();
  await expect(client.eval('return return', 0)).rejects.toThrow();
  await expect(client.eval(`return redis.call('no such command')`, 0)).rejects.toThrow();
  expect(await client.eval(COUNT, 1, 'a', 1)).toBe(1);
});
