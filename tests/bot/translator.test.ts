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
    const marked = text('battle.marked', { dot: text('battle.dot.own'), name: 'A & B' });
    const rounds = text('battle.result.rounds', { count: 2 });
    expect(
      english.html(text('battle.result.against', { name: marked, gs: 100, rounds })),
    ).toContain('🟢 A &amp; B<');
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
    expect(english.html(text('battle.vitals.hp', { hp: { cur, max: 100 } }))).toBe(
      `❤️ ${bar}`.replaceAll(' ', '\u00a0'),
    );
  });
});

describe('plurals', () => {
  test.each([
    [1, '1 раунд'],
    [3, '3 раунда'],
    [11, '11 раундов'],
    [21, '21 раунд'],
  ])('in Russian, %i: %s', (count, sentence) => {
    expect(russian.html(text('battle.result.rounds', { count }))).toBe(sentence);
  });

  test.each([
    [1, '1 round'],
    [9, '9 rounds'],
  ])('in English, %i: %s', (count, sentence) => {
    expect(english.html(text('battle.result.rounds', { count }))).toBe(sentence);
  });
});

test('an old name that is too long is cut between letters, not between a letter and its accent', () => {
  const name = 'e\u0301'.repeat(40);
  const shown = english.plain(text('account.button.enter', { name }));
  expect(shown).toBe(`▶️ ${'e\u0301'.repeat(31)}…`);
});

describe('a name from right to left', () => {
  const hit = (name: string) => text('battle.marked', { dot: text('battle.dot.other'), name });

  test.each(['محمد', 'דוד', 'Ann محمد'])('is isolated from the text around it: %s', (name) => {
    expect(english.html(hit(name))).toBe(`🔴 \u2068${name}\u2069`);
    expect(english.plain(text('account.button.enter', { name }))).toBe(`▶️ \u2068${name}\u2069`);
  });

  test.each(['Ann', 'Богдан'])('is the only one: %s is written as it is', (name) => {
    expect(russian.html(hit(name))).toBe(`🔴 ${name}`);
  });
});

describe('a number and its sign', () => {
  test.each([
    [text('combat.outcome.hit', { amount: 16 }), '−16_❤️'],
    [
      text('battle.vitals', { hp: { cur: 1, max: 2 }, stamina: 89, mp: 39 }),
      '❤️_▰▰▰▰▰▱▱▱▱▱_1/2 ⚡_89 🔷_39',
    ],
    [text('arena.mode.gs', { gs: 7 }), 'Your GearScore: <b>7</b>'],
  ])('are not parted at a line end', (written, expected) => {
    expect(english.html(written).replaceAll('\u00a0', '_')).toBe(expected);
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
