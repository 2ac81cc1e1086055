import { describe, expect, test } from 'vitest';
import { Translator, escapeHtml, languageFor } from '../../bot/translator.ts';
import { text } from '../../domains/core/text.ts';

const english = new Translator('en', { clientTime: true });
const russian = new Translator('ru', { clientTime: false });
const bobby = '<b>Bobby</b> & "Co"';

describe('text that a user typed', () => {
  test('is escaped in messages', () => {
    expect(english.html(text('account.delete.title', { name: bobby }))).toBe(
      '🗑 <b>Delete &lt;b&gt;Bobby&lt;/b&gt; &amp; &quot;Co&quot;?</b>',
    );
  });

  test('is not escaped on buttons', () => {
    expect(english.plain(text('account.button.enter', { name: bobby }))).toBe(`▶️ ${bobby}`);
  });

  test('is not interpreted as message format', () => {
    const name = "{name} '{' # <tg-spoiler>";
    expect(english.html(text('account.delete.title', { name }))).toContain(escapeHtml(name));
  });

  test('is escaped once when it is nested', () => {
    const shadow = text('battle.shadow_of', { name: 'A & B' });
    expect(english.html(text('battle.result.against', { name: shadow, gs: 100 }))).toContain(
      'Shadow of A &amp; B',
    );
  });
});

describe('a point in time', () => {
  const clock = text('battle.clock', { at: { atMs: Date.UTC(2026, 0, 1, 14, 5, 29, 400) } });

  test('is a tg-time entity with a readable fallback', () => {
    expect(english.html(clock)).toContain(
      `<tg-time unix="${Date.UTC(2026, 0, 1, 14, 5, 29) / 1000}" format="r">14:05:29 UTC</tg-time>`,
    );
  });

  test('is plain text when client time is off', () => {
    expect(russian.html(clock)).toContain('14:05:29 UTC');
    expect(russian.html(clock)).not.toContain('tg-time');
  });
});

describe('a date', () => {
  const at = { atMs: Date.UTC(2026, 10, 2, 14, 3, 59, 999), as: 'date' } as const;
  const when = text('battle.clock', { at });

  test('is a tg-time entity with a readable fallback', () => {
    expect(english.html(when)).toContain(
      `<tg-time unix="${Date.UTC(2026, 10, 2, 14, 3, 59) / 1000}" format="dt">2026-11-02 14:03 UTC</tg-time>`,
    );
    expect(english.plain(when)).toMatch(/ 2026-11-02 14:03 UTC$/);
  });

  test('is formatted for the language when client time is off', () => {
    expect(russian.html(when)).toMatch(/ 02\.11\.2026 14:03 UTC$/);
  });
});

describe('a bar', () => {
  test.each([
    [0, '▱▱▱▱▱▱▱▱▱▱ 0/100'],
    [1, '▰▱▱▱▱▱▱▱▱▱ 1/100'],
    [55, '▰▰▰▰▰▱▱▱▱▱ 55/100'],
    [99, '▰▰▰▰▰▰▰▰▰▱ 99/100'],
    [100, '▰▰▰▰▰▰▰▰▰▰ 100/100'],
  ])('of %i out of 100 is %s', (cur, bar) => {
    expect(english.html(text('battle.vitals.hp', { hp: { cur, max: 100 } }))).toBe(`❤️ ${bar}`);
  });
});

describe('plurals', () => {
  test.each([
    [1, '1 размен.'],
    [3, '3 размена.'],
    [11, '11 разменов.'],
    [21, '21 размен.'],
  ])('in Russian, %i: %s', (count, sentence) => {
    expect(russian.html(text('battle.result.exchanges', { count }))).toBe(sentence);
  });

  test.each([
    [1, '1 exchange fought.'],
    [9, '9 exchanges fought.'],
  ])('in English, %i: %s', (count, sentence) => {
    expect(english.html(text('battle.result.exchanges', { count }))).toBe(sentence);
  });
});

test.each([
  ['ru', 'ru'],
  ['ru-RU', 'ru'],
  ['en-GB', 'en'],
  ['xx', 'en'],
  [undefined, 'en'],
])('a new user with the language tag %s gets %s', (tag, language) => {
  expect(languageFor(tag)).toBe(language);
});
