import { badRequest } from '../errors/api-error.ts';
import { checkLink } from '../text/checked-link.ts';
import { countCodePoints } from '../text/compose-text.ts';
import { BUTTON_STYLES } from '../world/message.ts';
import type { ButtonStyle, InlineButton } from '../world/message.ts';
import { isJsonObject, requiredText, textField } from './json-fields.ts';
import type { JsonObject } from './json-fields.ts';

/** In the order in which Telegram looks for them: the first one present counts. */
const ACTIONS = [
  'url',
  'callback_data',
  'callback_game',
  'pay',
  'switch_inline_query',
  'switch_inline_query_chosen_chat',
  'switch_inline_query_current_chat',
  'login_url',
  'web_app',
  'copy_text',
  'disabled',
] as const;

const CALLBACK_DATA_BYTES = 64;
const COPY_TEXT_LENGTH = 256;

/** A button of an inline keyboard, or null for one without a label, which Telegram leaves out. Throws ApiError. */
export function readInlineButton(value: unknown, isStrict: boolean): InlineButton | null {
  if (!isJsonObject(value)) throw badRequest('InlineKeyboardButton must be an Object');
  const text = requiredText(value, 'text');
  const icon = textField(value, 'icon_custom_emoji_id');
  const style = readStyle(value);
  const action = readAction(value, isStrict);
  if (text === '' && icon === '') return null;
  return {
    text,
    ...(icon === '' ? {} : { icon_custom_emoji_id: icon }),
    ...(style === null ? {} : { style }),
    [action]: isTextAction(action) ? textField(value, action) : value[action],
  };
}

/** The button with its action as Telegram normalises it. Throws ApiError for an invalid action. */
export function checkInlineButton(button: InlineButton): InlineButton {
  const { callback_data: data, url } = button;
  if (url !== undefined) return { ...button, url: webLink(url, '') };
  if (data !== undefined) return { ...button, callback_data: callbackData(data) };
  if (button['callback_game'] !== undefined || button['pay'] !== undefined) {
    throw badRequest('BUTTON_TYPE_INVALID');
  }
  if (button['copy_text'] !== undefined) checkCopyText(button['copy_text']);
  if (button['web_app'] !== undefined) checkHttps(button['web_app'], 'Web App ');
  if (button['login_url'] !== undefined) checkHttps(button['login_url'], 'login ');
  return button;
}

function readStyle(button: JsonObject): ButtonStyle | null {
  const name = textField(button, 'style').toLowerCase();
  if (name === '' || name === 'default') return null;
  const style = BUTTON_STYLES.find((known) => known === name);
  if (style === undefined) throw badRequest('invalid button style specified');
  return style;
}

function readAction(button: JsonObject, isStrict: boolean): (typeof ACTIONS)[number] {
  const present = ACTIONS.filter((action) => isPresent(button, action));
  const first = present[0];
  if (first === undefined) throw badRequest('Text buttons are unallowed in the inline keyboard');
  if (isStrict && present.length > 1) {
    throw badRequest(`exactly one action is wanted, but there are ${present.join(', ')}`);
  }
  return first;
}

function isPresent(button: JsonObject, action: string): boolean {
  if (isTextAction(action)) return textField(button, action) !== '';
  return button[action] !== undefined;
}

function isTextAction(action: string): boolean {
  return action === 'url' || action === 'callback_data';
}

function callbackData(data: string): string {
  if (Buffer.byteLength(data) > CALLBACK_DATA_BYTES) throw badRequest('BUTTON_DATA_INVALID');
  return data;
}

function webLink(url: string, what: string): string {
  const link = checkLink(url);
  if (link.kind === 'link') return link.url;
  throw badRequest(`Inline keyboard button ${what}URL '${url}' is invalid: ${link.reason}`);
}

function checkHttps(target: unknown, what: string): void {
  const url = isJsonObject(target) ? textField(target, 'url') : '';
  if (webLink(url, what).startsWith('https:')) return;
  throw badRequest(
    `Inline keyboard button ${what}URL '${url}' is invalid: Only HTTPS links are allowed`,
  );
}

function checkCopyText(target: unknown): void {
  const text = isJsonObject(target) ? textField(target, 'text') : '';
  const length = countCodePoints(text);
  if (length < 1 || length > COPY_TEXT_LENGTH) throw badRequest('BUTTON_COPY_TEXT_INVALID');
}
