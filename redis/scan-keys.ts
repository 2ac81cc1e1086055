import { Cluster } from 'ioredis';
import type { RedisClient } from './redis-client.ts';
import { keyTable } from './keys.ts';

const AT_ONCE = 500;

/** All keys of one row of the table, a few at a time, each perhaps more than once. */
export async function* scanKeys(
  client: RedisClient,
  row: keyof typeof keyTable,
): AsyncGenerator<string[]> {
  const pattern = keyTable[row].pattern.replace(/<\w+>/g, '*');
  // A cluster has them on any of its servers.
  const servers = client instanceof Cluster ? client.nodes('master') : [client];
  for (const server of servers) yield* scanServer(server, pattern);
}

async function* scanServer(client: RedisClient, pattern: string): AsyncGenerator<string[]> {
  let cursor = '0';
  do {
    const [next, found] = await client.scan(cursor, 'MATCH', pattern, 'COUNT', AT_ONCE);
    if (found.length > 0) yield found;
    cursor = next;
  } while (cursor !== '0');
}
