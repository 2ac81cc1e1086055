import { z } from 'zod';
import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('server-time', ['now']);
const digitsSchema = z.string().regex(/^\d+$/).transform(Number);

/**
 * The server's time, ms since the epoch. The nodes of a cluster have a clock each, and a command without
 * a key goes to any of them: the key selects the node that stores the arena.
 */
export async function serverTime(client: RedisClient): Promise<number> {
  const { rest } = await script.ask(client, { keys: [keys.matches()], args: [] });
  return digitsSchema.parse(rest[0]);
}
