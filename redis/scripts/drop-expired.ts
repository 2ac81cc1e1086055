import type { Mode } from '../../domains/core/mode.ts';
import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('drop-expired', ['dropped', 'gone', 'waiting']);

export function dropExpired(
  client: RedisClient,
  { charId, mode }: { readonly charId: number; readonly mode: Mode },
  { nowMs, requestTtlMs }: { readonly nowMs: number; readonly requestTtlMs: number },
) {
  return script.run(client, {
    keys: [keys.queue(mode), keys.since(mode), keys.request(charId)],
    args: [charId, mode, nowMs, requestTtlMs],
  });
}
