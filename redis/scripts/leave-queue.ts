import type { RedisClient } from '../redis-client.ts';
import type { LeaveReply } from '../../domains/arena/arena-store.ts';
import type { Mode } from '../../domains/core/mode.ts';
import { keys } from '../keys.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript<LeaveReply>('leave-queue', ['left', 'not_queued', 'seated']);

export function leaveQueue(client: RedisClient, charId: number, mode: Mode): Promise<LeaveReply> {
  return script.run(client, {
    keys: [keys.queue(mode), keys.since(mode), keys.request(charId), keys.seat(charId)],
    args: [charId, mode],
  });
}
