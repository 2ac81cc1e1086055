import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('renew-chat', ['renewed', 'lost']);

export function renewChat(
  client: RedisClient,
  chatId: number,
  { token, leaseMs }: { readonly token: string; readonly leaseMs: number },
) {
  return script.run(client, { keys: [keys.chatLock(chatId)], args: [token, leaseMs] });
}
