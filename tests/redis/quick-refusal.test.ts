import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { connectRedis } from '../../redis/connect.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { silentLog } from '../support/silent-log.ts';

describeOnRedisServer('a command to a Redis that has been gone for a while', () => {
  test('is refused within 2 s', async () => {
    const server = await startRedisServer();
    const connection = await connectRedis({ url: server.url, log: silentLog });
    onTestFinished(() => connection.close());
    const { client } = connection;
    if (!(client instanceof Redis)) throw new Error('Expected a single client');
    await server.kill();
    for (let tries = 0; tries < 9; tries += 1) {
      await new Promise((resolve) => client.once('reconnecting', resolve));
    }
    const sentAtMs = performance.now();
    await expect(client.get('k')).rejects.toThrow();
    expect(performance.now() - sentAtMs).toBeLessThan(2_000);
  });
});
