import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';
import { startRedisServer } from './redis-server.ts';

export async function openRedis() {
  const server = await startRedisServer();
  onTestFinished(() => server.stop());
  const client = new Redis(server.url);
  onTestFinished(() => {
    client.disconnect();
  });
  return { url: server.url, client };
}
