import type { RedisClient } from '../redis-client.ts';
import { keys } from '../keys.ts';
import { LuaScript } from './lua-script.ts';

export type FreeReply = 'freed' | 'not_held';

const script = new LuaScript<FreeReply>('free-seat', ['freed', 'not_held']);

export function freeSeat(
  client: RedisClient,
  charId: number,
  battleId: string,
): Promise<FreeReply> {
  return script.run(client, { keys: [keys.seat(charId)], args: [battleId] });
}
