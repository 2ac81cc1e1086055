import type { CheckLease } from '../../domains/combat/battle-store.ts';
import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('lease-checks', ['leased']);

/** The ids of the leased battles. */
export async function leaseChecks(
  client: RedisClient,
  { nowMs, untilMs, limit }: CheckLease,
): Promise<string[]> {
  const call = { keys: [keys.deadlines()], args: [nowMs, untilMs, limit] };
  const { rest } = await script.ask(client, call);
  return rest.filter((id) => id !== '');
}
