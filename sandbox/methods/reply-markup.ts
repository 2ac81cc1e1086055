import { badRequest } from '../errors/api-error.ts';
import type { InlineButton, InlineKeyboard } from '../world/message.ts';
import { checkInlineButton, readInlineButton } from './inline-button.ts';
import { flagField, isJsonObject, requiredText, within } from './json-fields.ts';
import type { JsonObject } from './json-fields.ts';
import type { MethodCall } from './method.ts';

export type ReplyMarkup =
  | { readonly kind: 'none' }
  | { readonly kind: 'inline'; readonly keyboard: InlineKeyboard }
  | { readonly kind: 'keyboard'; readonly labels: readonly (readonly string[])[] }
  | { readonly kind: 'remove' }
  | { readonly kind: 'forceReply' };

/** Observed by developers; the documentation does not say. */
const MOST_BUTTONS = 100;
const MOST_IN_A_ROW = 8;
const LONGEST_MARKUP_BYTES = 10_000;

const NONE: ReplyMarkup = { kind: 'none' };

/** The `reply_markup` parameter. Throws ApiError. */
export function readReplyMarkup({ parameters, isStrict }: MethodCall): ReplyMarkup {
  const value = parameters.json('reply_markup', () =>
    badRequest("Can't parse reply keyboard markup JSON object"),
  );
  if (value === undefined) return NONE;
  if (!isJsonObject(value)) throw badRequest('Object expected as reply markup');
  const labels = readKeyboard(value);
  const keyboard = readInlineKeyboard(value, isStrict);
  if (labels.length > 0) return { kind: 'keyboard', labels };
  if (keyboard !== null) return { kind: 'inline', keyboard };
  if (flagField(value, 'remove_keyboard')) return { kind: 'remove' };
  return flagField(value, 'force_reply') ? { kind: 'forceReply' } : NONE;
}

/** The inline keyboard for an edit; null removes the present one. Throws ApiError. */
export function readInlineMarkup(call: MethodCall): InlineKeyboard | null {
  const markup = readReplyMarkup(call);
  if (markup.kind === 'none') return null;
  if (markup.kind !== 'inline') throw badRequest('Inline keyboard expected');
  return markup.keyboard;
}

function readInlineKeyboard(markup: JsonObject, isStrict: boolean): InlineKeyboard | null {
  const rows = rowsOf(
    markup['inline_keyboard'],
    'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
  );
  const read = rows.map((row) =>
    row
      .map((button) =>
        within("Can't parse inline keyboard button", () => readInlineButton(button, isStrict)),
      )
      .filter((button) => button !== null),
  );
  const checked = read.map((row) => row.map(checkInlineButton)).filter((row) => row.length > 0);
  if (checked.length === 0) return null;
  checkSize(checked, isStrict);
  return { inline_keyboard: checked };
}

function checkSize(rows: readonly (readonly InlineButton[])[], isStrict: boolean): void {
  const tooMany = rows.flat().length > MOST_BUTTONS;
  const tooLong = Buffer.byteLength(JSON.stringify(rows)) > LONGEST_MARKUP_BYTES;
  if (tooMany || tooLong) throw badRequest('reply markup is too long');
  if (isStrict && rows.some((row) => row.length > MOST_IN_A_ROW)) {
    throw badRequest(`a row of an inline keyboard shows at most ${MOST_IN_A_ROW} buttons`);
  }
}

function readKeyboard(markup: JsonObject): string[][] {
  const rows = rowsOf(markup['keyboard'], 'Field "keyboard" must be an Array of Arrays');
  return rows
    .map((row) => row.map(readLabel).filter((label) => label !== ''))
    .filter((row) => row.length > 0);
}

function readLabel(button: unknown): string {
  return within("Can't parse keyboard button", () => {
    if (typeof button === 'string') return button;
    if (isJsonObject(button)) return requiredText(button, 'text');
    throw badRequest('KeyboardButton must be a String or an Object');
  });
}

function rowsOf(value: unknown, refusal: string): unknown[][] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw badRequest(refusal);
  return value.map((row: unknown) => {
    if (!Array.isArray(row)) throw badRequest(refusal);
    const cells: unknown[] = row;
    return cells;
  });
}
