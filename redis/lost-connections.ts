import type { RedisClient } from './redis-client.ts';

const counts = new WeakMap<RedisClient, { count: number }>();

/** Counts how often this client has lost its connection: the next server may lack its last writes. */
export function lostConnections(client: RedisClient): { readonly count: number } {
  const known = counts.get(client);
  if (known !== undefined) return known;
  const lost = { count: 0 };
  counts.set(client, lost);
  client.on('close', () => {
    lost.count += 1;
  });
  return lost;
}
