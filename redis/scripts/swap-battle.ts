import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import type { StoredBattle } from './create-battle.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('swap-battle', ['swapped', 'stale', 'missing']);

export function swapBattle(client: RedisClient, { id, version, state }: StoredBattle) {
  return script.run(client, { keys: [keys.battle(id)], args: [version - 1, version, state] });
}
