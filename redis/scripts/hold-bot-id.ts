import { keyTable, keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('hold-bot-id', ['held', 'other']);

/** The stored id of another bot, as text; null if the keys are this bot's now. */
export async function holdBotId(client: RedisClient, botId: number): Promise<string | null> {
  const call = { keys: [keys.botId()], args: [botId, keyTable.botId.lifeS] };
  const { word, rest } = await script.ask(client, call);
  return word === 'held' ? null : rest.join('|');
}
