import { z } from 'zod';
import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('raise-character-number', ['highest']);
const numberSchema = z.coerce.number().int().nonnegative();

/** Returns the highest character number ever given; 0 only asks for it. */
export async function raiseCharacterNumber(client: RedisClient, number: number): Promise<number> {
  const { rest } = await script.ask(client, { keys: [keys.characterNumber()], args: [number] });
  return numberSchema.parse(rest[0]);
}
