import type { RedisClient } from '../redis-client.ts';
import { keys } from '../keys.ts';
import { LuaScript } from './lua-script.ts';

export type DeleteMatchReply = 'deleted' | 'missing';

const script = new LuaScript<DeleteMatchReply>('delete-match', ['deleted', 'missing']);

export function deleteMatch(client: RedisClient, matchId: string): Promise<DeleteMatchReply> {
  return script.run(client, { keys: [keys.match(matchId), keys.matches()], args: [matchId] });
}
