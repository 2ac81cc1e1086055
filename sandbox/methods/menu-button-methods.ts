import { badRequest } from '../errors/api-error.ts';
import type { Json } from '../world/json.ts';
import { checkLink } from '../text/checked-link.ts';
import { isJsonObject, requiredText, textField, within } from './json-fields.ts';
import { defineMethod } from './method.ts';
import type { MethodCall } from './method.ts';
import { personOf } from './target.ts';

const DEFAULT = { type: 'default' };

/** The button of one chat, or the default for all chats. */
export const menuButtonMethods = [
  defineMethod('setChatMenuButton', 'chat_id menu_button', (call) => {
    const button = readMenuButton(call);
    call.world.profile.setMenuButton(chatOf(call), button);
    return true;
  }),
  defineMethod('getChatMenuButton', 'chat_id', (call) =>
    call.world.profile.menuButton(chatOf(call)),
  ),
];

/** Null without a chat. Throws ApiError. */
function chatOf(call: MethodCall): number | null {
  return (call.parameters.integer('chat_id') ?? 0) === 0 ? null : personOf(call).id;
}

function readMenuButton({ parameters }: MethodCall): Json {
  const value = parameters.json('menu_button', () =>
    badRequest("Can't parse menu button JSON object"),
  );
  if (value === undefined) return DEFAULT;
  return within("Can't parse MenuButton", () => {
    if (!isJsonObject(value)) throw badRequest('expected an Object');
    const type = requiredText(value, 'type');
    if (type === 'default' || type === 'commands') return { type };
    if (type !== 'web_app') throw badRequest('invalid button type specified');
    return { type, text: requiredText(value, 'text'), web_app: { url: readUrl(value['web_app']) } };
  });
}

function readUrl(app: unknown): string {
  if (!isJsonObject(app)) throw badRequest('Can\'t find field "web_app"');
  const url = textField(app, 'url');
  const link = checkLink(url);
  if (link.kind === 'link' && link.url.startsWith('https:')) return link.url;
  throw badRequest(`menu button Web App URL '${url}' is invalid: Only HTTPS links are allowed`);
}
