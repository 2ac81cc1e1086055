import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

export interface JsonSwap {
  readonly key: string;
  readonly path: string;
  /** Exactly what JSON.GET replied. */
  readonly expected: string;
  readonly text: string | null;
}

const script = new LuaScript('swap-json', ['swapped', 'stale']);

export async function swapJson(
  client: RedisClient,
  { key, path, expected, text }: JsonSwap,
): Promise<boolean> {
  const args = [path, expected, text ?? ''];
  return (await script.run(client, { keys: [key], args })) === 'swapped';
}
