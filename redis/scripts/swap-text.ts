import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

/** One key's text, as it was read and as it shall be; null is no key. Neither is ever empty. */
export interface TextSwap {
  readonly key: string;
  readonly expected: string | null;
  readonly text: string | null;
}

const script = new LuaScript<'swapped' | 'stale'>('swap-text', ['swapped', 'stale']);

/** True if the key was still as it was read, and has been changed. */
export async function swapText(
  client: RedisClient,
  { key, expected, text }: TextSwap,
): Promise<boolean> {
  const args = [expected ?? '', text ?? ''];
  return (await script.run(client, { keys: [key], args })) === 'swapped';
}
