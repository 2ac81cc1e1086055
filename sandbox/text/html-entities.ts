import { checkLink, linkedUserId } from './checked-link.ts';
import { HtmlError } from './html-tags.ts';
import type { StartTag } from './html-tags.ts';
import type { Entity, EntityType } from './entity.ts';

/** What a closed tag spans: `inner` is the text between its tags. */
export interface TagSpan {
  readonly tag: StartTag;
  readonly offset: number;
  readonly inner: string;
}

const STYLES: ReadonlyMap<string, EntityType> = new Map<string, EntityType>([
  ['b', 'bold'],
  ['strong', 'bold'],
  ['i', 'italic'],
  ['em', 'italic'],
  ['u', 'underline'],
  ['ins', 'underline'],
  ['s', 'strikethrough'],
  ['strike', 'strikethrough'],
  ['del', 'strikethrough'],
  ['span', 'spoiler'],
  ['tg-spoiler', 'spoiler'],
]);

/** The entity of a closed tag, or null for one without an entity (a link without an address). Throws HtmlError. */
export function entityOf(span: TagSpan): Entity | null {
  const range = { offset: span.offset, length: span.inner.length };
  const style = STYLES.get(span.tag.name);
  if (style !== undefined) return { type: style, ...range };
  switch (span.tag.name) {
    case 'a':
      return linkEntity(span, range);
    case 'blockquote':
      return { type: isExpandable(span.tag) ? 'expandable_blockquote' : 'blockquote', ...range };
    case 'code':
      return { type: 'code', ...range, ...codeLanguage(span.tag) };
    case 'tg-emoji':
      return { type: 'custom_emoji', ...range, custom_emoji_id: emojiId(span.tag) };
    case 'tg-time':
      return timeEntity(span.tag, range);
    default:
      return { type: 'pre', ...range };
  }
}

/** `<pre><code class="language-x">` is one block with a language, whichever of the two closes last. */
export function mergeCode(before: Entity | undefined, closed: Entity): Entity | null {
  if (before?.offset !== closed.offset || before.length !== closed.length) return null;
  if (closed.type === 'pre' && before.type === 'code' && before.language !== undefined) {
    return { ...before, type: 'pre' };
  }
  if (closed.type === 'code' && before.type === 'pre' && closed.language !== undefined) {
    return { ...closed, type: 'pre' };
  }
  return null;
}

/** Only a pre block keeps its language. */
export function withoutInlineLanguage(entity: Entity): Entity {
  if (entity.type !== 'code') return entity;
  return { type: entity.type, offset: entity.offset, length: entity.length };
}

interface Range {
  readonly offset: number;
  readonly length: number;
}

function linkEntity(span: TagSpan, range: Range): Entity | null {
  const href = span.tag.attributes.get('href') ?? '';
  const target = href === '' ? span.inner : href;
  const userId = linkedUserId(target);
  if (userId !== null) return { type: 'text_mention', ...range, user: { id: userId } };
  const link = checkLink(target);
  return link.kind === 'link' ? { type: 'text_link', ...range, url: link.url } : null;
}

function isExpandable(tag: StartTag): boolean {
  return tag.attributes.has('expandable');
}

function codeLanguage(tag: StartTag): { language?: string } {
  const name = /^language-(?<language>.+)$/s.exec(tag.attributes.get('class') ?? '');
  const language = name?.groups?.['language'];
  return language === undefined ? {} : { language };
}

function emojiId(tag: StartTag): string {
  const id = tag.attributes.get('emoji-id') ?? '';
  if (!/^-?[1-9][0-9]{0,18}$/.test(id)) {
    throw new HtmlError('Invalid custom emoji identifier specified');
  }
  return id;
}

function timeEntity(tag: StartTag, range: Range): Entity | null {
  const format = timeFormat(tag.attributes.get('format') ?? '');
  if (format === null) throw new HtmlError('Invalid date format used');
  const unixTime = parseInt(tag.attributes.get('unix') ?? '', 10);
  if (!(unixTime > 0)) return null;
  return { type: 'date_time', ...range, unix_time: unixTime, date_time_format: format };
}

/** The format as Telegram gives it back: "r", or weekday, date and time in this order. Null when it is none. */
export function timeFormat(format: string): string | null {
  if (format === 'r' || format === 'R') return 'r';
  if (!/^[tTdDwW]*$/.test(format)) return null;
  const first = (...letters: string[]) => letters.find((letter) => format.includes(letter)) ?? '';
  return (/w/i.test(format) ? 'w' : '') + first('d', 'D') + first('t', 'T');
}
