import type { Redis } from 'ioredis';
import type { RedisClient } from '../redis-client.ts';

const gathering = new WeakSet<Redis['stream']>();

/**
 * What is sent in one turn of the event loop leaves in one write: under a crowd, writing one by one
 * costs both processors as much as the commands themselves. Nobody waits longer than the turn lasts.
 */
export function gather(client: RedisClient): void {
  // A cluster has a connection to each of its nodes, the stand-in none, a new client none yet.
  if (!('stream' in client) || (client.stream as unknown) == null) return;
  const { stream } = client;
  if (gathering.has(stream)) return;
  gathering.add(stream);
  stream.cork();
  setImmediate(() => {
    gathering.delete(stream);
    stream.uncork();
  });
}
