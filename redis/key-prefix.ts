import type { RedisClient } from './redis-client.ts';

/**
 * What stands before every key on the server. ioredis puts it there wherever it knows which words of
 * a command are keys, those of scripts included; it does not know the commands of modules, and what
 * SCAN is asked and answers are the server's names.
 */
export function prefixOf(client: RedisClient): string {
  return client.options.keyPrefix ?? '';
}
