import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

export interface JsonSwap {
  readonly key: string;
  /** A definite one. */
  readonly path: string;
  /** Exactly what JSON.GET replied. */
  readonly expected: string;
  /** JSON text; null deletes. */
  readonly text: string | null;
}

const script = new LuaScript('swap-json', ['swapped', 'stale']);

/** False if the part has changed meanwhile. */
export async function swapJson(
  client: RedisClient,
  { key, path, expected, text }: JsonSwap,
): Promise<boolean> {
  const args = [path, expected, text ?? ''];
  return (await script.run(client, { keys: [key], args })) === 'swapped';
}
