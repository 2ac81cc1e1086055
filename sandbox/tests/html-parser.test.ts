import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeText } from '../text/compose-text.ts';
import { toHtml } from '../text/to-html.ts';
import { endOf } from '../text/entity.ts';
import type { Entity, FormattedText } from '../text/entity.ts';

const RUNS = { seed: 20_231_114, numRuns: 500 };

const parse = (text: string): FormattedText =>
  composeText({ text, parseMode: 'HTML', entities: [] });

/** `bold 0+2 italic 2+4`: type, offset and length in UTF-16 units. */
const ranges = (entities: readonly Entity[]): string =>
  entities.map(({ type, offset, length }) => `${type} ${offset}+${length}`).join(' ');

const reason = (source: string): string => {
  try {
    return `understood as ${JSON.stringify(parse(source))}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

describe('Telegram tags become entities', () => {
  test.each([
    ['<b>a</b> <strong>b</strong>', 'a b', 'bold 0+1 bold 2+1'],
    ['<i>a</i> <em>b</em>', 'a b', 'italic 0+1 italic 2+1'],
    ['<u>a</u> <ins>b</ins>', 'a b', 'underline 0+1 underline 2+1'],
    [
      '<s>a</s> <strike>b</strike> <del>c</del>',
      'a b c',
      'strikethrough 0+1 strikethrough 2+1 strikethrough 4+1',
    ],
    [
      '<tg-spoiler>a</tg-spoiler> <span class="tg-spoiler">b</span>',
      'a b',
      'spoiler 0+1 spoiler 2+1',
    ],
    ['<code>a</code> <pre>b</pre>', 'a b', 'code 0+1 pre 2+1'],
    [
      '<blockquote>a</blockquote>\n<blockquote expandable>b</blockquote>',
      'a\nb',
      'blockquote 0+1 expandable_blockquote 2+1',
    ],
    ['<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', '👍', 'custom_emoji 0+2'],
    ['<B>a</B>', 'a', 'bold 0+1'],
    ['<b >a</b >', 'a', 'bold 0+1'],
    ['<b>a</>', 'a', 'bold 0+1'],
    ['<b></b>a', 'a', ''],
    ['plain', 'plain', ''],
  ])('%s', (source, text, entities) => {
    const parsed = parse(source);
    expect([parsed.text, ranges(parsed.entities)]).toEqual([text, entities]);
  });
});

describe('offsets count UTF-16 units', () => {
  test.each([
    ['😀<b>x</b>', '😀x', 'bold 2+1'],
    ['<b>😀😀</b>!', '😀😀!', 'bold 0+4'],
    ['Жар <i>птица</i>', 'Жар птица', 'italic 4+5'],
    ['👨‍👩‍👧<code>hp</code>', '👨‍👩‍👧hp', 'code 8+2'],
    ['&#128512;<b>x</b>', '😀x', 'bold 2+1'],
  ])('%s', (source, text, entities) => {
    const parsed = parse(source);
    expect([parsed.text, ranges(parsed.entities)]).toEqual([text, entities]);
  });
});

describe('nested entities take the form Telegram keeps', () => {
  test.each([
    ['<b>aa<i>bb</i>cc</b>', 'bold 0+2 bold 2+4 italic 2+2'],
    ['<b>a<b>b</b></b>', 'bold 0+2'],
    ['<b>a</b><b>b</b>', 'bold 0+2'],
    ['<b><code>x</code> y</b>', 'code 0+1 bold 1+2'],
    ['<code><b>x</b></code>', 'code 0+1'],
    ['<b>in <tg-time unix="1700000000">x</tg-time>!</b>', 'bold 0+3 date_time 3+1 bold 4+1'],
    ['<a href="t.me/x">a<a href="t.me/y">b</a></a>', 'text_link 0+2'],
    ['<blockquote>a <b>b</b></blockquote>', 'blockquote 0+3 bold 2+1'],
    ['<pre><code class="language-ts">x</code></pre>', 'pre 0+1'],
    ['<code class="language-ts"><pre>x</pre></code>', 'pre 0+1'],
  ])('%s', (source, entities) => {
    expect(ranges(parse(source).entities)).toBe(entities);
  });
});

describe('entities have their attributes', () => {
  test.each<[string, Partial<Entity>]>([
    ['<a href="example.com">x</a>', { url: 'http://example.com/' }],
    ["<a href='https://a.b/c?d=1&amp;e=2'>x</a>", { url: 'https://a.b/c?d=1&e=2' }],
    ['<a>https://t.me/arena</a>', { url: 'https://t.me/arena' }],
    ['<a href="tg://user?id=77">x</a>', { type: 'text_mention', user: { id: 77 } }],
    ['<a href="tg://resolve?domain=arena">x</a>', { url: 'tg://resolve?domain=arena' }],
    ['<pre><code class="language-ts">x</code></pre>', { type: 'pre', language: 'ts' }],
    [
      '<tg-time unix="1700000000" format="r">x</tg-time>',
      { unix_time: 1_700_000_000, date_time_format: 'r' },
    ],
    ['<tg-time unix=1700000000 format="TDw">x</tg-time>', { date_time_format: 'wDT' }],
    ['<tg-time unix="1700000000">x</tg-time>', { date_time_format: '' }],
  ])('%s', (source, expected) => {
    expect(parse(source).entities).toEqual([expect.objectContaining(expected)]);
  });

  test.each([
    '<a href="localhost">x</a>',
    '<a href="ftp://a.b">x</a>',
    '<tg-time unix="0">x</tg-time>',
  ])('%s makes no entity and keeps its text', (source) => {
    expect(parse(source)).toEqual({ text: 'x', entities: [] });
  });
});

describe('character references', () => {
  test.each([
    ['&lt;&gt;&amp;&quot;', '<>&"'],
    ['&lt &amp', '< &'],
    ['&nbsp;&apos;&copy;', '&nbsp;&apos;&copy;'],
    ['&#65;&#x42;&#x63', 'ABc'],
    ['&#0;&#xZ;&#99999999;', '&#0;&#xZ;&#99999999;'],
    ['&amp;lt;', '&lt;'],
    ['&#xD83D;&#xDE00;', '😀'],
    ['a & b', 'a & b'],
  ])('%s', (source, text) => {
    expect(parse(source).text).toBe(text);
  });
});

describe('an error names the byte', () => {
  test.each([
    ['<x>', 'Unsupported start tag "x" at byte offset 0'],
    ['5 < 6', 'Unsupported start tag "" at byte offset 2'],
    ['Жар <div>', 'Unsupported start tag "div" at byte offset 7'],
    ['😀 <br/>', 'Unsupported start tag "br/" at byte offset 5'],
    ['HP <3', 'Unclosed start tag at byte offset 3'],
    ['<b', 'Unclosed start tag at byte offset 0'],
    ['<b a="1', 'Unclosed start tag at byte offset 0'],
    ['<b a', 'Unclosed start tag "b" at byte offset 0'],
    ['<b a=', 'Unclosed start tag "b" at byte offset 0'],
    ['<b =1>x</b>', 'Empty attribute name in the tag "b" at byte offset 0'],
    ['<a href=t.me/x>x</a>', 'Unexpected end of name token at byte offset 8'],
    ['<b>x</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['x</b>', 'Unexpected end tag at byte offset 1'],
    ['<b>x</b', 'Unclosed end tag at byte offset 4'],
    ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
    ['<b><i>x</i>', 'Can\'t find end tag corresponding to start tag "b"'],
    ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['<tg-emoji emoji-id="x">x</tg-emoji>', 'Invalid custom emoji identifier specified'],
    ['<tg-time unix="5" format="z">x</tg-time>', 'Invalid date format used'],
    [
      '&#xD83D;',
      'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
    ],
  ])('%s', (source, expected) => {
    expect(reason(source)).toBe(`Bad Request: can't parse entities: ${expected}`);
  });
});

describe('cleaning of texts', () => {
  test.each([
    ['  a b \n', 'a b', ''],
    ['  <b>a</b>  ', 'a', 'bold 0+1'],
    ['<b> a </b> ', ' a', 'bold 0+2'],
    ['a\r\nb\tc', 'a\nb c', ''],
    ['a\u202eb', 'ab', ''],
    ['\r<b>a</b>', 'a', 'bold 0+1'],
    [' \u200b\n ', '', ''],
  ])('%j is trimmed and cleaned', (source, text, entities) => {
    const parsed = parse(source);
    expect([parsed.text, ranges(parsed.entities)]).toEqual([text, entities]);
  });

  test.each([
    ['Go /menu now', 'bot_command 3+5'],
    ['HP 50/100', ''],
    ['/go@arena_bot', 'bot_command 0+13'],
    ['by @durov, #top1 #1', 'mention 3+6 hashtag 11+5'],
    ['see https://t.me/x?y=1.', 'url 4+18'],
    ['mail a.b@c.org', 'email 5+9'],
    ['<code>/menu</code>', 'code 0+5'],
    ['<b>/menu</b>', 'bot_command 0+5 bold 0+5'],
  ])('%s: commands and addresses are found', (source, entities) => {
    expect(ranges(parse(source).entities)).toBe(entities);
  });
});

describe('any nesting', () => {
  const leaf = fc.constantFrom('ab', 'Ж', '😀', ' x ', '\n', '&lt;', '/go', '@durov');
  const tags = ['b', 'i', 'u', 's', 'code', 'pre', 'blockquote', 'tg-spoiler'];
  const { markup } = fc.letrec<{ markup: string; element: string }>((tie) => ({
    markup: fc
      .array(fc.oneof({ depthSize: 'small' }, leaf, tie('element')), { maxLength: 4 })
      .map((parts) => parts.join('')),
    element: fc
      .tuple(fc.constantFrom(...tags), tie('markup'))
      .map(([tag, inner]) => `<${tag}>${inner}</${tag}>`),
  }));

  test('entities lie within the text, are in order and do not cross', () => {
    fc.assert(
      fc.property(markup, (source) => {
        const { text, entities } = parse(source);
        for (const [index, entity] of entities.entries()) {
          expect(entity.length).toBeGreaterThan(0);
          expect(endOf(entity)).toBeLessThanOrEqual(text.length);
          for (const later of entities.slice(index + 1)) {
            expect(later.offset).toBeGreaterThanOrEqual(entity.offset);
            const isApart = later.offset >= endOf(entity);
            expect(isApart || endOf(later) <= endOf(entity)).toBe(true);
          }
        }
      }),
      RUNS,
    );
  });

  test('the text as HTML parses to the same entities', () => {
    fc.assert(
      fc.property(markup, (source) => {
        const parsed = parse(source);
        expect(parse(toHtml(parsed))).toEqual(parsed);
      }),
      RUNS,
    );
  });
});
