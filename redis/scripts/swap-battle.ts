import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import type { StoredBattle } from './create-battle.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('swap-battle', ['swapped', 'stale', 'missing']);

/** `stale`: with the state that is stored instead. */
export async function swapBattle(client: RedisClient, { id, version, state }: StoredBattle) {
  const call = { keys: [keys.battle(id)], args: [version - 1, version, state] };
  const { word, rest } = await script.ask(client, call);
  // A state may contain bars.
  return word === 'stale' ? { kind: word, state: rest.join('|') } : { kind: word };
}
