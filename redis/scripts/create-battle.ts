import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

export interface StoredBattle {
  readonly id: string;
  readonly version: number;
  readonly state: string;
}

const script = new LuaScript('create-battle', ['created', 'exists']);

export function createBattle(client: RedisClient, { id, version, state }: StoredBattle) {
  return script.run(client, { keys: [keys.battle(id)], args: [version, state] });
}
