import { expect, onTestFinished, test } from 'vitest';
import { connectRedis } from '../../redis/connect.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { openSentinelRedis } from '../support/redis-sentinel.ts';
import { freePort } from '../support/redis-server.ts';

async function connected(url: string) {
  const log = new RecordingLog();
  const connection = await connectRedis({ url, log });
  onTestFinished(() => connection.close());
  return { log, connection, events: () => log.lines.map(({ message }) => message) };
}

describeOnRedisServer('a client with a sentinel address', () => {
  test('leaves a demoted master at once, even after a restart of the sentinel', async () => {
    const redis = await openSentinelRedis();
    const { connection, events } = await connected(redis.url);
    await connection.client.set('kept', 'yes');
    await redis.restartSentinel();
    await redis.failOver();
    await expect.poll(events).toContain('redis master changed');
    expect(await connection.client.get('kept')).toBe('yes');
  });

  test('needs one sentinel and logs an unavailable one once', async () => {
    const redis = await openSentinelRedis();
    const place = `127.0.0.1:${await freePort()}`;
    const { connection, log } = await connected(redis.url.replace('/arena', `,${place}/arena`));
    await redis.failOver();
    expect(await connection.client.ping()).toBe('PONG');
    const outages = log.lines.filter(({ message }) => message === 'redis sentinel unavailable');
    expect(outages.map(({ facts }) => facts)).toEqual([{ redis: place, reason: 'ECONNREFUSED' }]);
  });
});
