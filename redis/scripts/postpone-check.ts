import type { Postponed } from '../../domains/combat/battle-store.ts';
import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('postpone-check', ['postponed', 'changed']);

export function postponeCheck(
  client: RedisClient,
  battleId: string,
  { untilMs, dueAtMs }: Postponed,
) {
  return script.run(client, { keys: [keys.deadlines()], args: [battleId, untilMs, dueAtMs] });
}
