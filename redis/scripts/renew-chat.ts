import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

export type RenewReply = 'renewed' | 'lost';

const script = new LuaScript<RenewReply>('renew-chat', ['renewed', 'lost']);

/** The lease runs for `leaseMs` from now on, if the lock is still the token's. */
export function renewChat(
  client: RedisClient,
  chatId: number,
  { token, leaseMs }: { readonly token: string; readonly leaseMs: number },
): Promise<RenewReply> {
  return script.run(client, { keys: [keys.chatLock(chatId)], args: [token, leaseMs] });
}
