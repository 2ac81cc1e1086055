import { createHash } from 'node:crypto';
import { InlineKeyboard } from 'grammy';
import type { ActionShape, UiPayload } from '../domains/core/ui-payload.ts';
import type { Translator } from './translator.ts';

export interface RenderedScreen {
  readonly html: string;
  readonly keyboard: InlineKeyboard;
  /** Equal for screens that look equal. */
  readonly digest: string;
}

export interface RenderOptions {
  readonly translator: Translator;
  readonly pack: (action: ActionShape) => string;
}

export function renderScreen(
  payload: UiPayload,
  { translator, pack }: RenderOptions,
): RenderedScreen {
  const lines = payload.body.map((line) => (line === null ? '' : translator.html(line)));
  const notice =
    payload.notice === undefined ? [] : [`❗️ <i>${translator.html(payload.notice)}</i>`, ''];
  const html = [...notice, translator.html(payload.title), '', ...lines].join('\n').trim();
  const keyboard = renderKeyboard(payload, { translator, pack });
  const digest = createHash('sha256')
    .update(JSON.stringify([html, keyboard.inline_keyboard]))
    .digest('base64url');
  return { html, keyboard, digest };
}

function renderKeyboard(payload: UiPayload, { translator, pack }: RenderOptions): InlineKeyboard {
  const rows = payload.buttons.map((row) =>
    row.map((button) => ({
      text: translator.plain(button.label),
      callback_data: pack(button),
      ...(button.style === undefined ? {} : { style: button.style }),
    })),
  );
  return InlineKeyboard.from(rows);
}
