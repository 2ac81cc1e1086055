import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

/** Expected and new text of a key, neither ever empty; null: no key. */
export interface TextSwap {
  readonly key: string;
  readonly expected: string | null;
  readonly text: string | null;
}

const script = new LuaScript('swap-text', ['swapped', 'stale']);

export async function swapText(
  client: RedisClient,
  { key, expected, text }: TextSwap,
): Promise<boolean> {
  const args = [expected ?? '', text ?? ''];
  return (await script.run(client, { keys: [key], args })) === 'swapped';
}
