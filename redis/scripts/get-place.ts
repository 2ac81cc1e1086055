import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('get-place', ['place']);

/** Seat (empty if there is none) and hash of the request (empty if there is none), read in one step. */
export async function getPlace(client: RedisClient, charId: number) {
  const { rest } = await script.ask(client, {
    keys: [keys.request(charId), keys.seat(charId)],
    args: [],
  });
  const [seat = '', ...fields] = rest;
  const request: Record<string, string> = {};
  for (let at = 0; at < fields.length; at += 2) request[fields[at] ?? ''] = fields[at + 1] ?? '';
  return { seat, request };
}
