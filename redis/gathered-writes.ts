import { Cluster, type Redis } from 'ioredis';
import type { RedisClient } from './redis-client.ts';

type Stream = Redis['stream'];

const gathering = new WeakSet<Stream>();

/**
 * What is sent in one turn of the event loop leaves in one write: under a crowd, writing one by one
 * costs both processors as much as the commands themselves. Nobody waits longer than the turn lasts.
 */
export function gatherWrites(client: RedisClient): void {
  const connections = client instanceof Cluster ? client.nodes('master') : [client];
  for (const { stream } of connections) gather(stream);
}

/** A client that has not connected yet has none. */
function gather(stream: Stream | undefined | null): void {
  if (stream == null || gathering.has(stream)) return;
  gathering.add(stream);
  stream.cork();
  setImmediate(() => {
    gathering.delete(stream);
    stream.uncork();
  });
}
