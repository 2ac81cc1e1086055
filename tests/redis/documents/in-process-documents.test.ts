import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type InProcessRedis, openInProcessRedis } from '../../../redis/in-process-redis.ts';

let redis: InProcessRedis;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 });
  redis = await openInProcessRedis();
});
afterEach(async () => {
  await redis.client.quit();
  vi.useRealTimers();
});

test('EXISTS, TYPE, DEL and FLUSHALL apply to a document', async () => {
  const { client, documents } = redis;
  await documents.set('ac:1', '$', { a: 1 });
  await documents.set('ac:2', '$', { a: 2 });
  expect(await client.exists('ac:1', 'ac:2', 'ac:3')).toBe(2);
  expect(await client.type('ac:1')).toBe('ReJSON-RL');
  expect(await client.del('ac:1')).toBe(1);
  expect(await documents.get('ac:1', '$')).toEqual({ kind: 'no_key' });
  await client.flushall();
  expect(await documents.get('ac:2', '$')).toEqual({ kind: 'no_key' });
});

test('a document expires with its TTL, which a partial write keeps', async () => {
  const { client, documents } = redis;
  await documents.set('ac:1', '$', { a: 1 });
  await client.expire('ac:1', 60);
  await documents.set('ac:1', '$.a', 2);
  expect(await client.ttl('ac:1')).toBe(60);
  vi.setSystemTime(1_000_000 + 60_000);
  expect(await documents.get('ac:1', '$')).toEqual({ kind: 'no_key' });
  expect(await documents.set('ac:1', '$.a', 3)).toBe('no_key');
});

test('a document created after expiry does not inherit the old TTL', async () => {
  const { client, documents } = redis;
  await documents.set('ac:1', '$', { a: 1 });
  await client.expire('ac:1', 60);
  vi.setSystemTime(1_000_000 + 61_000);
  await documents.set('ac:1', '$', { a: 2 });
  expect(await client.ttl('ac:1')).toBe(-1);
  expect(await documents.get('ac:1', '$.a')).toEqual({ kind: 'value', value: 2 });
});

test('stored values are copies', async () => {
  const { documents } = redis;
  const mine = { list: [1] };
  await documents.set('k', '$', mine);
  mine.list.push(2);
  const read = await documents.get('k', '$');
  expect(read).toEqual({ kind: 'value', value: { list: [1] } });
  if (read.kind === 'value') (read.value as typeof mine).list.push(3);
  expect(await documents.get('k', '$.list')).toEqual({ kind: 'value', value: [1] });
});

test('__proto__ is an ordinary member name', async () => {
  const { documents } = redis;
  await documents.set('k', '$', {});
  expect(await documents.get('k', '$.__proto__')).toEqual({ kind: 'no_path' });
  await documents.set('k', '$.__proto__', { polluted: true });
  expect(await documents.get('k', '$.__proto__.polluted')).toEqual({ kind: 'value', value: true });
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('a hash reads as unreadable', async () => {
  const { client, documents } = redis;
  await client.hset('k', 'a', '1');
  expect((await documents.get('k', '$')).kind).toBe('unreadable');
  expect(await client.type('k')).toBe('hash');
});
