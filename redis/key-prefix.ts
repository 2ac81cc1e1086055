import type { RedisClient } from './redis-client.ts';

/**
 * The prefix of every key on the server. ioredis adds it to the keys of every command that it knows,
 * scripts included; it does not for commands of modules and for SCAN.
 */
export function prefixOf(client: RedisClient): string {
  return client.options.keyPrefix ?? '';
}
