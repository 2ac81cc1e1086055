import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';

const STEM = 'tell-time';
const text = readFileSync(new URL(`./${STEM}.lua`, import.meta.url), 'utf8');
const digitsSchema = z.string().regex(/^\d+$/).transform(Number);

/**
 * The server's time, ms since the epoch. A cluster's nodes each have their own, and a command without
 * a key goes to any of them: the one that holds the arena is asked.
 */
export async function tellTime(client: RedisClient): Promise<number> {
  return digitsSchema.parse(await client.eval(text, 1, keys.matches()));
}
