import { badRequest } from '../errors/api-error.ts';
import type { World } from '../world/world.ts';
import { isJsonObject, requiredText, within } from './json-fields.ts';
import type { JsonObject } from './json-fields.ts';
import type { MethodCall } from './method.ts';

const WIDE = ['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators'];
const NARROW = ['chat', 'chat_administrators', 'chat_member'];

/** The scope and its chat as one key. Throws ApiError. */
export function readScope({ parameters, world }: MethodCall): string {
  const value = parameters.json('scope', () =>
    badRequest("Can't parse BotCommandScope JSON object"),
  );
  if (value === undefined) return 'default';
  const scope = within("Can't parse BotCommandScope", () => {
    if (!isJsonObject(value)) throw badRequest('BotCommandScope must be an Object');
    return nameOf(value);
  });
  requireChat(scope, world);
  return scope;
}

function nameOf(scope: JsonObject): string {
  const type = requiredText(scope, 'type');
  if (WIDE.includes(type)) return type;
  if (!NARROW.includes(type)) throw badRequest('Unsupported type specified');
  const chatId = requiredText(scope, 'chat_id');
  if (chatId === '') throw badRequest('Empty chat_id specified');
  if (type !== 'chat_member') return `${type}:${chatId}`;
  return `${type}:${chatId}:${requiredText(scope, 'user_id')}`;
}

function requireChat(scope: string, world: World): void {
  const chatId = scope.split(':')[1];
  if (chatId !== undefined && world.people.find(Number(chatId)) === null) {
    throw badRequest('chat not found');
  }
}
