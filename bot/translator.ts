import { IntlMessageFormat } from 'intl-messageformat';
import type { Gauge, Moment, Text, TextArg } from '../domains/core/text.ts';
import { type Language, type TextKey, languages, texts } from '../resources/texts/index.ts';

/** How a text is written: Telegram's HTML for messages, plain for buttons and toasts. */
export type Writing = 'html' | 'plain';

export interface TranslatorOptions {
  /** Whether times are `<tg-time>` entities, which the client counts itself (Bot API 9.5). */
  readonly clientTime: boolean;
}

const BAR_CELLS = 10;
const formats = new Map<string, IntlMessageFormat>();

/** Renders texts in a reader's language; what people typed is escaped. */
export class Translator {
  readonly #language: Language;
  readonly #options: TranslatorOptions;

  constructor(language: Language, options: TranslatorOptions) {
    this.#language = language;
    this.#options = options;
  }

  html(text: Text): string {
    return this.#write(text, 'html');
  }

  plain(text: Text): string {
    return this.#write(text, 'plain');
  }

  #write(text: Text, writing: Writing): string {
    const args: Record<string, string | number> = {};
    for (const [name, arg] of Object.entries(text.args ?? {})) args[name] = this.#arg(arg, writing);
    return String(formatOf(this.#language, text.key).format(args));
  }

  #arg(arg: TextArg, writing: Writing): string | number {
    if (typeof arg === 'number') return arg;
    if (typeof arg === 'string') return writing === 'html' ? escapeHtml(arg) : arg;
    if ('key' in arg) return this.#write(arg, writing);
    return 'atMs' in arg ? this.#moment(arg, writing) : bar(arg);
  }

  #moment({ atMs }: Moment, writing: Writing): string {
    // A clock that shows a second more than there is takes it from the player.
    const unix = Math.floor(atMs / 1000);
    const readable = `${new Date(unix * 1000).toISOString().slice(11, 19)} UTC`;
    if (writing === 'plain' || !this.#options.clientTime) return readable;
    return `<tg-time unix="${unix}" format="r">${readable}</tg-time>`;
  }
}

/** Telegram's HTML knows three characters that must be escaped in text, and quotes in attributes. */
export function escapeHtml(typed: string): string {
  return typed
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** The language to greet a stranger in, from Telegram's IETF tag. */
export function languageFor(tag: string | undefined): Language {
  const primary = tag?.split('-')[0]?.toLowerCase();
  return languages.find((language) => language === primary) ?? 'en';
}

function bar({ cur, max }: Gauge): string {
  // Whoever still stands shows at least one cell; only a full bar looks full.
  const share = max > 0 ? (cur / max) * BAR_CELLS : 0;
  const filled = cur <= 0 ? 0 : Math.max(1, Math.floor(share));
  return `${'▰'.repeat(filled)}${'▱'.repeat(BAR_CELLS - filled)} ${cur}/${max}`;
}

function formatOf(language: Language, key: TextKey): IntlMessageFormat {
  const id = `${language}:${key}`;
  const known = formats.get(id);
  if (known !== undefined) return known;
  // `ignoreTag`: the tags are Telegram's, not the message format's.
  const made = new IntlMessageFormat(texts[language][key], language, {}, { ignoreTag: true });
  formats.set(id, made);
  return made;
}
