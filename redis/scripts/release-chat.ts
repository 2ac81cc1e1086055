import { keyTable, keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('release-chat', ['released', 'lost']);

/** `screen`: JSON text to store; empty if it did not change. */
export function releaseChat(
  client: RedisClient,
  chatId: number,
  { token, screen }: { readonly token: string; readonly screen: string },
) {
  return script.run(client, {
    keys: [keys.chatLock(chatId), keys.chatScreen(chatId)],
    args: [token, screen, keyTable.chatScreen.lifeS],
  });
}
