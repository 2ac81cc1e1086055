import { IntlMessageFormat } from 'intl-messageformat';
import { type Gauge, type Moment, type Text, type TextArg, text } from '../domains/core/text.ts';
import { NAME_CODE_POINTS } from '../resources/numbers/account.ts';
import { type Language, type TextKey, languages, texts } from '../resources/texts/index.ts';

/** Telegram's HTML for messages, plain for buttons and toasts. */
export type Writing = 'html' | 'plain';

export interface TranslatorOptions {
  /** Whether times are `<tg-time>` entities, which the client keeps counting (Bot API 9.5). */
  readonly clientTime: boolean;
}

const BAR_CELLS = 10;
const formats = new Map<string, IntlMessageFormat>();

/** Renders texts in a reader's language; arguments that users typed are shortened and escaped. */
export class Translator {
  readonly #language: Language;
  readonly #options: TranslatorOptions;

  constructor(language: Language, options: TranslatorOptions) {
    this.#language = language;
    this.#options = options;
  }

  html(written: Text): string {
    return withUnbrokenNumbers(this.#write(written, 'html'));
  }

  plain(written: Text): string {
    return withUnbrokenNumbers(this.#write(written, 'plain'));
  }

  #write({ key, args: given = {} }: Text, writing: Writing): string {
    const args: Record<string, string | number> = {};
    for (const [name, arg] of Object.entries(given)) args[name] = this.#arg(arg, writing);
    return String(formatOf(this.#language, key).format(args));
  }

  #arg(arg: TextArg, writing: Writing): string | number {
    if (typeof arg === 'number') return arg;
    if (typeof arg === 'string') return writtenOut(shortened(arg), writing);
    if ('quoted' in arg) return writtenOut(arg.quoted, writing);
    if ('key' in arg) return this.#write(arg, writing);
    if ('select' in arg) return arg.select;
    return 'atMs' in arg ? this.#moment(arg, writing) : bar(arg);
  }

  #moment({ atMs, as }: Moment, writing: Writing): string {
    // Rounded down: a countdown must not show more time than is left.
    const unix = Math.floor(atMs / 1000);
    const readable = as === 'date' ? this.#date(unix) : `${clockOf(unix).time} UTC`;
    if (writing === 'plain' || !this.#options.clientTime) return readable;
    return `<tg-time unix="${unix}" format="${as === 'date' ? 'dt' : 'r'}">${readable}</tg-time>`;
  }

  #date(unix: number): string {
    const { year, month, day, time } = clockOf(unix);
    return this.plain(text('bot.date', { year, month, day, time: time.slice(0, 5) }));
  }
}

function writtenOut(words: string, writing: Writing): string {
  const shown = isolated(words);
  return writing === 'html' ? escapeHtml(shown) : shown;
}

/** Letters of alphabets that are written from right to left. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A name from right to left must not turn the numbers and signs around it. */
function isolated(words: string): string {
  return RIGHT_TO_LEFT.test(words) ? `\u2068${words}\u2069` : words;
}

/** A number and its sign (`−16 ❤️`, `⚡ 89`, `+5 %`) stay on one line. */
function withUnbrokenNumbers(written: string): string {
  return written
    .replaceAll(/(?<=\d(?:<\/b>)?) (?=(?:❤️|⚡|🔷|⚙️|%)(?! (?:<b>)?\d))/gu, '\u00a0')
    .replaceAll(/(?<=(?:❤️|⚡|🔷|⚙️)) (?=(?:<b>)?[\d▰▱])/gu, '\u00a0');
}

/** Old names, also in old battles, may exceed today's limit. */
function shortened(words: string): string {
  const signs = Array.from(words);
  if (signs.length <= NAME_CODE_POINTS) return words;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(words)) {
    if (Array.from(kept + segment).length >= NAME_CODE_POINTS) break;
    kept += segment;
  }
  // One letter of countless marks is cut anywhere.
  return `${kept === '' ? signs.slice(0, NAME_CODE_POINTS - 1).join('') : kept}…`;
}

export function escapeHtml(typed: string): string {
  return typed
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** The language of a new user, from Telegram's IETF tag. */
export function languageFor(tag: string | undefined): Language {
  const primary = tag?.split('-')[0]?.toLowerCase();
  return languages.find((language) => language === primary) ?? 'en';
}

/** In UTC; strings, because the message format would write 2,026. */
function clockOf(unix: number): { year: string; month: string; day: string; time: string } {
  const [date = '', time = ''] = new Date(unix * 1000).toISOString().split(/[T.]/);
  const [year = '', month = '', day = ''] = date.split('-');
  return { year, month, day, time };
}

function bar({ cur, max }: Gauge): string {
  // One cell at least for a fighter who still stands; only a full bar looks full.
  const share = max > 0 ? (cur / max) * BAR_CELLS : 0;
  const filled = cur <= 0 ? 0 : Math.max(1, Math.floor(share));
  return `${'▰'.repeat(filled)}${'▱'.repeat(BAR_CELLS - filled)}\u00a0${cur}/${max}`;
}

function formatOf(language: Language, key: TextKey): IntlMessageFormat {
  const id = `${language}:${key}`;
  const known = formats.get(id);
  if (known !== undefined) return known;
  // The tags are Telegram's, not the message format's.
  const made = new IntlMessageFormat(texts[language][key], language, {}, { ignoreTag: true });
  formats.set(id, made);
  return made;
}
