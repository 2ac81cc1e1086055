import type { Redis } from 'ioredis';
import { keyTable } from './keys.ts';

const AT_ONCE = 500;

/** All keys of one row of the table, a few at a time, each perhaps more than once. */
export async function* scanKeys(
  client: Redis,
  row: keyof typeof keyTable,
): AsyncGenerator<string[]> {
  const pattern = keyTable[row].pattern.replace(/<\w+>/g, '*');
  let cursor = '0';
  do {
    const [next, found] = await client.scan(cursor, 'MATCH', pattern, 'COUNT', AT_ONCE);
    if (found.length > 0) yield found;
    cursor = next;
  } while (cursor !== '0');
}
