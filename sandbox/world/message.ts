import type { FormattedText } from '../text/entity.ts';
import type { StoredFile } from './file-store.ts';

export const BUTTON_STYLES = ['danger', 'success', 'primary'] as const;
export type ButtonStyle = (typeof BUTTON_STYLES)[number];

/** An InlineKeyboardButton of the Bot API with exactly one action. */
export interface InlineButton {
  readonly text: string;
  readonly style?: ButtonStyle;
  readonly icon_custom_emoji_id?: string;
  readonly callback_data?: string;
  readonly url?: string;
  /** Any other action, as it was sent. */
  readonly [action: string]: unknown;
}

export interface InlineKeyboard {
  readonly inline_keyboard: readonly (readonly InlineButton[])[];
}

export interface TextContent extends FormattedText {
  readonly kind: 'text';
  /** LinkPreviewOptions as they were sent, or null. */
  readonly linkPreview: Readonly<Record<string, unknown>> | null;
}

export interface PhotoContent {
  readonly kind: 'photo';
  readonly photo: StoredFile;
  readonly caption: FormattedText;
  readonly isCaptionAbove: boolean;
  readonly hasSpoiler: boolean;
}

export interface DocumentContent {
  readonly kind: 'document';
  readonly file: StoredFile;
  readonly fileName: string;
  readonly caption: FormattedText;
}

export interface StickerContent {
  readonly kind: 'sticker';
  readonly emoji: string;
  readonly file: StoredFile;
}

/** The service message about a pin. */
export interface PinContent {
  readonly kind: 'pin';
  readonly messageId: number;
}

export type Content = TextContent | PhotoContent | DocumentContent | StickerContent | PinContent;

export interface ReactionType {
  readonly type: 'emoji' | 'custom_emoji';
  readonly emoji?: string;
  readonly custom_emoji_id?: string;
}

/** A message in a private chat, of the bot or of the person. */
export interface Message {
  readonly id: number;
  readonly chatId: number;
  readonly from: 'bot' | 'person';
  readonly dateS: number;
  readonly editDateS: number | null;
  readonly content: Content;
  readonly keyboard: InlineKeyboard | null;
  /** Sent with a reply keyboard, its removal or a forced reply: Telegram never lets the bot edit it. */
  readonly hasForeignMarkup: boolean;
  readonly isSilent: boolean;
  readonly isProtected: boolean;
  readonly replyToId: number | null;
  /** The bot's reaction. */
  readonly reaction: readonly ReactionType[];
}

export type Draft = Pick<Message, 'chatId' | 'from' | 'content'> &
  Partial<
    Pick<Message, 'keyboard' | 'hasForeignMarkup' | 'isSilent' | 'isProtected' | 'replyToId'>
  >;
