import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('free-seat', ['freed', 'not_held']);

export function freeSeat(client: RedisClient, charId: number, battleId: string) {
  const held = [keys.seat(charId), keys.sides(battleId)];
  return script.run(client, { keys: held, args: [battleId] });
}
