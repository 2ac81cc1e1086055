import type { RedisClient } from '../redis-client.ts';
import type { SwapReply } from '../../domains/combat/battle-store.ts';
import { keys } from '../keys.ts';
import type { StoredBattle } from './create-battle.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript<SwapReply>('swap-battle', ['swapped', 'stale', 'missing']);

/** Wins only against the version before `battle.version`. */
export function swapBattle(client: RedisClient, battle: StoredBattle): Promise<SwapReply> {
  return script.run(client, {
    keys: [keys.battle(battle.id)],
    args: [battle.version - 1, battle.version, battle.state],
  });
}
