import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

/** One place of a document, as it was read and as it shall be. */
export interface JsonSwap {
  readonly key: string;
  /** A definite one. */
  readonly path: string;
  /** What JSON.GET answered, to the letter. */
  readonly expected: string;
  /** JSON text; null deletes. */
  readonly text: string | null;
}

const script = new LuaScript<'swapped' | 'stale'>('swap-json', ['swapped', 'stale']);

/** True if the place was still as it was read, and has been changed. */
export async function swapJson(client: RedisClient, swap: JsonSwap): Promise<boolean> {
  const { key, path, expected, text } = swap;
  return (
    (await script.run(client, { keys: [key], args: [path, expected, text ?? ''] })) === 'swapped'
  );
}
