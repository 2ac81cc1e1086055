import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { connectRedis } from '../../redis/connect.ts';
import { retryDelayMs } from '../../redis/server-client.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { silentLog } from '../support/silent-log.ts';

describeOnRedisServer('a command to a Redis that has been gone for a while', () => {
  test('is refused after two attempts to connect, which are half a second apart', async () => {
    const server = await startRedisServer();
    const connection = await connectRedis({ url: server.url, log: silentLog });
    onTestFinished(() => connection.close());
    const { client } = connection;
    if (!(client instanceof Redis)) throw new Error('Expected a single client');
    await server.kill();
    for (let tries = 0; tries < 9; tries += 1) {
      await new Promise((resolve) => client.once('reconnecting', resolve));
    }
    let attempts = 0;
    client.on('reconnecting', () => (attempts += 1));
    await expect(client.get('k')).rejects.toThrow();
    expect(attempts).toBeLessThanOrEqual(2);
    expect(retryDelayMs(100)).toBe(500);
  });
});
