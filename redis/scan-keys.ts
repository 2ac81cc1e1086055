import { Cluster } from 'ioredis';
import { prefixOf } from './key-prefix.ts';
import type { RedisClient } from './redis-client.ts';
import { keyTable } from './keys.ts';

const AT_ONCE = 500;
/** What means more than itself in a pattern of the server's, or of the stand-in's. */
const signs = /[*?[\]\\^$+()|]+/g;

/** All keys of one row of the table, a few at a time, each perhaps more than once. */
export async function* scanKeys(
  client: RedisClient,
  row: keyof typeof keyTable,
): AsyncGenerator<string[]> {
  const prefix = prefixOf(client);
  const { pattern } = keyTable[row];
  // The two have no way in common to take a sign by its letter, so that more may be found than is ours.
  const wanted = prefix.replace(signs, '*') + pattern.replace(/<\w+>/g, '*');
  const head = prefix + pattern.replace(/<.*/, '');
  // A cluster has them on any of its servers.
  const servers = client instanceof Cluster ? client.nodes('master') : [client];
  for (const server of servers) {
    for await (const found of scanServer(server, wanted)) {
      const ours = found.filter((key) => key.startsWith(head));
      if (ours.length > 0) yield ours.map((key) => key.slice(prefix.length));
    }
  }
}

async function* scanServer(client: RedisClient, pattern: string): AsyncGenerator<string[]> {
  let cursor = '0';
  do {
    const [next, found] = await client.scan(cursor, 'MATCH', pattern, 'COUNT', AT_ONCE);
    yield found;
    cursor = next;
  } while (cursor !== '0');
}
