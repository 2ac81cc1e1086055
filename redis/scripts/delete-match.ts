import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('delete-match', ['deleted', 'missing']);

export function deleteMatch(client: RedisClient, matchId: string) {
  return script.run(client, { keys: [keys.match(matchId), keys.matches()], args: [matchId] });
}
