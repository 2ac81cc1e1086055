import { z } from 'zod';
import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript<'now'>('server-time', ['now']);
const digitsSchema = z.string().regex(/^\d+$/).transform(Number);

/**
 * The server's time, ms since the epoch. A cluster's nodes each have their own, and a command without
 * a key goes to any of them: the one that holds the arena is asked.
 */
export async function serverTime(client: RedisClient): Promise<number> {
  const { rest } = await script.ask(client, { keys: [keys.matches()], args: [] });
  return digitsSchema.parse(rest[0]);
}
