import type { RedisClient } from '../redis-client.ts';
import type { DirtyKind } from '../../domains/account/write-behind-queue.ts';
import { keys } from '../keys.ts';
import { LuaScript } from './lua-script.ts';

export type LeaseReply = 'taken' | 'held' | 'gone';

const script = new LuaScript<LeaseReply>('lease-dirty', ['taken', 'held', 'gone']);

export function leaseDirty(
  client: RedisClient,
  owed: { readonly kind: DirtyKind; readonly id: number },
  time: { readonly nowMs: number; readonly untilMs: number },
): Promise<LeaseReply> {
  return script.run(client, {
    keys: [keys.dirty(owed.kind), keys.leased(owed.kind)],
    args: [owed.id, time.nowMs, time.untilMs],
  });
}
