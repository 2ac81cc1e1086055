import type { RedisClient } from '../redis-client.ts';
import type { OwedKind } from '../../domains/account/session-ledger.ts';
import { keys } from '../keys.ts';
import { LuaScript } from './lua-script.ts';

export type TakeReply = 'taken' | 'held' | 'gone';

const script = new LuaScript<TakeReply>('take-owed', ['taken', 'held', 'gone']);

export function takeOwed(
  client: RedisClient,
  owed: { readonly kind: OwedKind; readonly id: number },
  time: { readonly nowMs: number; readonly untilMs: number },
): Promise<TakeReply> {
  return script.run(client, {
    keys: [keys.owed(owed.kind), keys.taken(owed.kind)],
    args: [owed.id, time.nowMs, time.untilMs],
  });
}
