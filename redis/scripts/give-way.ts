import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

export type GiveWayReply = 'gave_way' | 'stays';

const script = new LuaScript<GiveWayReply>('give-way', ['gave_way', 'stays']);

export function giveWay(client: RedisClient, key: string, type: string): Promise<GiveWayReply> {
  return script.run(client, { keys: [key], args: [type] });
}
