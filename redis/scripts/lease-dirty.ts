import type { DirtyKind } from '../../domains/account/write-behind-queue.ts';
import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('lease-dirty', ['leased', 'held', 'gone']);

export function leaseDirty(
  client: RedisClient,
  { kind, id }: { readonly kind: DirtyKind; readonly id: number },
  { nowMs, untilMs }: { readonly nowMs: number; readonly untilMs: number },
) {
  const args = [id, nowMs, untilMs];
  return script.run(client, { keys: [keys.dirty(kind), keys.leased(kind)], args });
}
