import type { Mode } from '../../domains/core/mode.ts';
import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('leave-queue', ['left', 'not_queued', 'seated']);

export function leaveQueue(client: RedisClient, charId: number, mode: Mode) {
  return script.run(client, {
    keys: [keys.queue(mode), keys.since(mode), keys.request(charId), keys.seat(charId)],
    args: [charId, mode],
  });
}
