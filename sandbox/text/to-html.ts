import { endOf } from './entity.ts';
import type { Entity, EntityType, FormattedText } from './entity.ts';

type Tags = readonly [open: string, close: string];

const tag = (name: string) => (): Tags => [`<${name}>`, `</${name}>`];

/** Types that are missing are found by Telegram in the text and carry no tag. */
const TAGS: Readonly<Partial<Record<EntityType, (entity: Entity) => Tags>>> = {
  bold: tag('b'),
  italic: tag('i'),
  underline: tag('u'),
  strikethrough: tag('s'),
  spoiler: tag('tg-spoiler'),
  code: tag('code'),
  blockquote: tag('blockquote'),
  expandable_blockquote: () => ['<blockquote expandable>', '</blockquote>'],
  text_link: ({ url }) => [`<a href="${attribute(url)}">`, '</a>'],
  text_mention: ({ user }) => [`<a href="tg://user?id=${user?.id ?? 0}">`, '</a>'],
  custom_emoji: ({ custom_emoji_id: id }) => [
    `<tg-emoji emoji-id="${attribute(id)}">`,
    '</tg-emoji>',
  ],
  date_time: timeTags,
  pre: ({ language }) => codeTags(language),
};

/** The text with its entities as tags. Takes normalised entities. */
export function toHtml({ text, entities }: FormattedText): string {
  const html = render(text, { from: 0, to: text.length }, entities);
  return html.replaceAll(/<\/(b|i|u|s|tg-spoiler)><\1>/g, '');
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function render(text: string, range: Range, entities: readonly Entity[]): string {
  const outer = entities[0];
  if (outer === undefined) return escapeHtml(text.slice(range.from, range.to));
  const rest = entities.slice(1);
  const within = rest.filter((entity) => entity.offset < endOf(outer));
  const after = rest.filter((entity) => entity.offset >= endOf(outer));
  const [open, close] = TAGS[outer.type]?.(outer) ?? ['', ''];
  return (
    escapeHtml(text.slice(range.from, outer.offset)) +
    open +
    render(text, { from: outer.offset, to: endOf(outer) }, within) +
    close +
    render(text, { from: endOf(outer), to: range.to }, after)
  );
}

function timeTags(entity: Entity): Tags {
  const format = attribute(entity.date_time_format);
  return [`<tg-time unix="${entity.unix_time ?? 0}" format="${format}">`, '</tg-time>'];
}

function codeTags(language: string | undefined): Tags {
  if (language === undefined) return ['<pre>', '</pre>'];
  return [`<pre><code class="language-${attribute(language)}">`, '</code></pre>'];
}

function attribute(value = ''): string {
  return escapeHtml(value).replaceAll('"', '&quot;');
}
