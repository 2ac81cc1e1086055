import { keyTable, keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

export type ReleaseReply = 'released' | 'lost';

const script = new LuaScript<ReleaseReply>('release-chat', ['released', 'lost']);

/** `screen`: JSON text to be remembered; empty if it did not change. */
export function releaseChat(
  client: RedisClient,
  chatId: number,
  { token, screen }: { readonly token: string; readonly screen: string },
): Promise<ReleaseReply> {
  return script.run(client, {
    keys: [keys.chatLock(chatId), keys.chatScreen(chatId)],
    args: [token, screen, keyTable.chatScreen.lifeS],
  });
}
