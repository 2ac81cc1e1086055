import type { RedisClient } from '../redis-client.ts';
import { keys } from '../keys.ts';
import { LuaScript } from './lua-script.ts';

export type SettleReply = 'settled' | 'missing';

const script = new LuaScript<SettleReply>('settle-match', ['settled', 'missing']);

export function settleMatch(client: RedisClient, matchId: string): Promise<SettleReply> {
  return script.run(client, { keys: [keys.match(matchId), keys.matches()], args: [matchId] });
}
