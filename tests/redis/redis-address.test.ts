import { describe, expect, test } from 'vitest';
import { readRedisAddress } from '../../redis/redis-address.ts';

describe('the address of a Redis', () => {
  test.each([
    ['redis://localhost', 'server', 'localhost:6379', '', { db: 0 }],
    ['redis://:a%40b@h:1/2', 'server', 'h:1', '', { db: 2, password: 'a@b' }],
    [
      'rediss://me:pw@h',
      'server',
      'h:6379',
      '',
      { db: 0, username: 'me', password: 'pw', tls: {} },
    ],
    ['redis+cluster://a:1,b:2,c', 'cluster', 'a:1,b:2,c:6379', '', { db: 0 }],
    ['rediss+cluster://:pw@a', 'cluster', 'a:6379', '', { db: 0, password: 'pw', tls: {} }],
    ['redis+sentinel://a,b:2/mymaster/3', 'sentinel', 'a:26379,b:2', 'mymaster', { db: 3 }],
    ['redis://[::1]:7', 'server', '::1:7', '', { db: 0 }],
  ])('%s', (url, ...[kind, hostPort, master, options]) => {
    expect(readRedisAddress(url)).toMatchObject({ kind, hostPort, master, options });
  });

  test.each([
    'localhost:6379',
    'redis://',
    'redis://a,b',
    'redis://h/x',
    'redis+cluster://a/1',
    'redis+sentinel://a',
    'redis+sentinel://a/m/0/more',
    'redis+ring://:hush@a',
  ])('%s is refused and not repeated in the error', (url) => {
    expect(() => readRedisAddress(url)).toThrow(/^REDIS_URL is no Redis address(?!.*hush)/);
  });
});
