import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('take-chat', ['taken', 'busy']);

/** The screen as JSON text, empty if there is none; null while another process has the lock. */
export async function takeChat(
  client: RedisClient,
  chatId: number,
  { token, leaseMs }: { readonly token: string; readonly leaseMs: number },
): Promise<string | null> {
  const { word, rest } = await script.ask(client, {
    keys: [keys.chatLock(chatId), keys.chatScreen(chatId)],
    args: [token, leaseMs],
  });
  return word === 'taken' ? rest.join('|') : null;
}
