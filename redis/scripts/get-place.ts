import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

export interface StoredPlace {
  /** Empty where the character has no seat. */
  readonly seat: string;
  /** Empty where the character does not wait. */
  readonly request: Readonly<Record<string, string>>;
}

const script = new LuaScript<'place'>('get-place', ['place']);

/** Seat and request of a character, read in one step. */
export async function getPlace(client: RedisClient, charId: number): Promise<StoredPlace> {
  const { rest } = await script.ask(client, {
    keys: [keys.request(charId), keys.seat(charId)],
    args: [],
  });
  const [seat = '', ...words] = rest;
  return { seat, request: hashOf(words) };
}

/** Names and values by turns, as a server answers a hash. */
function hashOf(words: readonly string[]): Record<string, string> {
  const hash: Record<string, string> = {};
  words.forEach((name, index) => {
    if (index % 2 === 0) hash[name] = words[index + 1] ?? '';
  });
  return hash;
}
