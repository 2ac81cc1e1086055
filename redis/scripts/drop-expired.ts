import type { RedisClient } from '../redis-client.ts';
import type { Mode } from '../../domains/core/mode.ts';
import { keys } from '../keys.ts';
import { LuaScript } from './lua-script.ts';

export type DropReply = 'dropped' | 'gone' | 'waiting';

const script = new LuaScript<DropReply>('drop-expired', ['dropped', 'gone', 'waiting']);

export function dropExpired(
  client: RedisClient,
  entry: { readonly charId: number; readonly mode: Mode },
  time: { readonly nowMs: number; readonly requestTtlMs: number },
): Promise<DropReply> {
  const { charId, mode } = entry;
  return script.run(client, {
    keys: [keys.queue(mode), keys.since(mode), keys.request(charId)],
    args: [charId, mode, time.nowMs, time.requestTtlMs],
  });
}
