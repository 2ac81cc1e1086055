import type { Entity, FormattedText } from '../text/entity.ts';
import { escapeHtml, toHtml } from '../text/to-html.ts';
import type { ButtonStyle, Content, InlineButton, Message } from './message.ts';

export interface ButtonView {
  readonly text: string;
  /** `callback` sends the bot a query; other actions ("url", "copy_text", …) happen in the client. */
  readonly action: string;
  readonly data: string | null;
  readonly url: string | null;
  readonly style: ButtonStyle | null;
  /** What a tap puts into the clipboard, or null. */
  readonly copyText: string | null;
}

export interface PhotoView {
  readonly fileId: string;
  readonly width: number;
  readonly height: number;
  readonly hasSpoiler: boolean;
  readonly isCaptionAbove: boolean;
}

export interface DocumentView {
  readonly fileId: string;
  readonly fileName: string;
}

/** A message as the person sees it. */
export interface MessageView {
  readonly messageId: number;
  readonly from: 'bot' | 'person';
  readonly kind: Content['kind'];
  /** Without formatting; the caption of a photo or a document. */
  readonly text: string;
  readonly entities: readonly Entity[];
  /** The text as HTML of Telegram. */
  readonly html: string;
  readonly photo: PhotoView | null;
  readonly document: DocumentView | null;
  /** The pinned message of a service message about a pin; else null. */
  readonly pinnedId: number | null;
  readonly buttons: readonly (readonly ButtonView[])[];
  readonly dateS: number;
  readonly editDateS: number | null;
  /** Arrived without a sound. */
  readonly isSilent: boolean;
  readonly replyToId: number | null;
  /** Emoji the bot reacted with. */
  readonly reactions: readonly string[];
}

const NO_ACTION: ReadonlySet<string> = new Set(['text', 'style', 'icon_custom_emoji_id']);

export function messageView(message: Message): MessageView {
  const shown = shownText(message.content);
  return {
    messageId: message.id,
    from: message.from,
    kind: message.content.kind,
    text: shown.text,
    entities: shown.entities,
    html: toHtml(shown),
    photo: photoView(message.content),
    document: documentView(message.content),
    pinnedId: message.content.kind === 'pin' ? message.content.messageId : null,
    buttons: (message.keyboard?.inline_keyboard ?? []).map((row) => row.map(buttonView)),
    dateS: message.dateS,
    editDateS: message.editDateS,
    isSilent: message.isSilent,
    replyToId: message.replyToId,
    reactions: message.reaction.map(({ emoji, custom_emoji_id: id }) => emoji ?? id ?? ''),
  };
}

/** The text with `[label]`s in rows below, for a terminal. */
export function drawMessage(view: MessageView): string {
  const rows = view.buttons.map((row) =>
    row.map((button) => `[${escapeHtml(button.text)}]`).join(' '),
  );
  return [view.html, ...rows].join('\n');
}

function buttonView(button: InlineButton): ButtonView {
  const action = Object.keys(button).find((field) => !NO_ACTION.has(field)) ?? 'none';
  return {
    text: button.text,
    action: action === 'callback_data' ? 'callback' : action,
    data: button.callback_data ?? null,
    url: button.url ?? null,
    style: button.style ?? null,
    copyText: copyText(button['copy_text']),
  };
}

function copyText(target: unknown): string | null {
  if (typeof target !== 'object' || target === null || !('text' in target)) return null;
  return typeof target.text === 'string' ? target.text : null;
}

function photoView(content: Content): PhotoView | null {
  if (content.kind !== 'photo') return null;
  const { photo, hasSpoiler, isCaptionAbove } = content;
  const { width, height } = photo.size ?? { width: 0, height: 0 };
  return { fileId: photo.fileId, width, height, hasSpoiler, isCaptionAbove };
}

function documentView(content: Content): DocumentView | null {
  if (content.kind !== 'document') return null;
  return { fileId: content.file.fileId, fileName: content.fileName };
}

function shownText(content: Content): FormattedText {
  switch (content.kind) {
    case 'text':
      return content;
    case 'photo':
    case 'document':
      return content.caption;
    case 'sticker':
      return { text: content.emoji, entities: [] };
    case 'pin':
      return { text: `(pinned message ${content.messageId})`, entities: [] };
  }
}
