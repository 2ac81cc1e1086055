import { Cluster } from 'ioredis';
import { prefixOf } from '../../redis/key-prefix.ts';
import type { RedisClient } from '../../redis/redis-client.ts';
import { keyTable } from '../../redis/keys.ts';

const AT_ONCE = 500;
/** Characters with a meaning in patterns of the server or of the in-process Redis. */
const wildcards = /[*?[\]\\^$+()|]+/g;

/** All keys of one row of the table in batches; a key may come more than once. */
export async function* scanKeys(
  client: RedisClient,
  row: keyof typeof keyTable,
): AsyncGenerator<string[]> {
  const prefix = prefixOf(client);
  const { pattern } = keyTable[row];
  // Both have no common way to escape, so the pattern may match more keys: the filter is exact.
  const wanted = prefix.replace(wildcards, '*') + pattern.replace(/<\w+>/g, '*');
  const head = prefix + pattern.replace(/<.*/, '');
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
