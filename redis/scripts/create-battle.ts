import type { RedisClient } from '../redis-client.ts';
import { keys } from '../keys.ts';
import { LuaScript } from './lua-script.ts';

export type CreateReply = 'created' | 'exists';

/** A battle as it is kept: its state is JSON that only `version` is known of. */
export interface StoredBattle {
  readonly id: string;
  readonly version: number;
  readonly state: string;
}

const script = new LuaScript<CreateReply>('create-battle', ['created', 'exists']);

export function createBattle(client: RedisClient, battle: StoredBattle): Promise<CreateReply> {
  return script.run(client, {
    keys: [keys.battle(battle.id)],
    args: [battle.version, battle.state],
  });
}
