import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkName, nameFrom } from '../../../domains/account/name-rules.ts';
import { inOneSystem } from '../../../domains/account/writing-systems.ts';
import { repetitions } from '../../support/repetitions.ts';

/** `ok` with the normalised name, or the reason of the refusal. */
function verdict(raw: string): string {
  const reply = checkName(raw);
  return reply.kind === 'ok' ? `ok ${reply.name}` : reply.reason;
}

describe('checkName accepts letters of any script', () => {
  test.each([
    'Bobby',
    'Ян',
    'Ёжик',
    'Ελένη',
    'Nguyễn',
    'ქეთევან',
    'Նարե',
    'ᏣᎳᎩ',
    'ᚱᚢᚾᚨ',
    'محمد',
    'كَرِيم',
    'שָׂרָה',
    'हिन्दी',
    'श्री',
    'น้ำฝน',
    'ကြွေးမွှေး',
    '김철수',
    '王小明',
    '佐々木',
    'アー',
    '𐌰𐌱',
  ])('%s', (name) => {
    expect(verdict(name)).toBe(`ok ${name}`);
  });
});

describe('checkName limits the length', () => {
  test.each([
    ['two are enough', 'Bo', 'ok Bo'],
    ['one is not', 'B', 'too_short'],
    ['an accent is no second letter', 'E\u0301', 'too_short'],
    ['a vowel sign is no second letter', 'हि', 'too_short'],
    ['two letters in one grapheme are two', 'क्षि', 'ok क्षि'],
    ['nothing', '', 'too_short'],
    ['only spaces', '   ', 'too_short'],
    ['sixteen fit', 'x'.repeat(16), `ok ${'x'.repeat(16)}`],
    ['seventeen do not', 'x'.repeat(17), 'too_long'],
    ['sixteen with marks fit', 'हि'.repeat(16), `ok ${'हि'.repeat(16)}`],
    ['sixteen with three marks each fit', 'ကြို'.repeat(16), `ok ${'ကြို'.repeat(16)}`],
    ['sixty-four signs fit', `${'क्'.repeat(31)}कक`, `ok ${'क्'.repeat(31)}कक`],
    ['sixty-five do not', `${'क्'.repeat(32)}क`, 'too_many_signs'],
    ['of one letter that holds a hundred, a hundred count', 'क्'.repeat(127), 'too_many_signs'],
    ['sixteen beyond 16 bits fit', '𐌰'.repeat(16), `ok ${'𐌰'.repeat(16)}`],
    ['a space between does not count', `${'x'.repeat(8)} ${'y'.repeat(8)}`, 'ok xxxxxxxx yyyyyyyy'],
    ['a long text is refused for its length first', `x${' '.repeat(300)}x`, 'too_long'],
    ['a whole message is too long', 'x'.repeat(4096), 'too_long'],
  ])('%s', (_rule, raw, expected) => {
    expect(verdict(raw)).toBe(expected);
  });
});

describe('checkName allows single separators between letters', () => {
  test.each([
    ['a space', 'Anna Maria', 'ok Anna Maria'],
    ['a hyphen', 'Анна-Мария', 'ok Анна-Мария'],
    ['a space around is dropped', '  Anna ', 'ok Anna'],
    ['a space that does not break is a space', 'Anna\u00A0Maria', 'ok Anna Maria'],
    ['a wide space is a space', '王\u3000小明', 'ok 王 小明'],
    ['a hyphen that does not break is a hyphen', 'Anna\u2011Maria', 'ok Anna-Maria'],
    ['two spaces', 'Anna  Maria', 'bad_separators'],
    ['two hyphens', 'Anna--Maria', 'bad_separators'],
    ['a hyphen between spaces', 'Anna - Maria', 'bad_separators'],
    ['a hyphen first', '-Anna', 'bad_separators'],
    ['a hyphen last', 'Anna-', 'bad_separators'],
    ['nothing else', '-', 'bad_separators'],
    ['a dash is no hyphen', 'Anna–Maria', 'bad_characters'],
    ['a line break is no space', 'Anna\nMaria', 'bad_characters'],
  ])('%s', (_rule, raw, expected) => {
    expect(verdict(raw)).toBe(expected);
  });
});

describe('checkName refuses all but letters', () => {
  test.each([
    ['markup', '<b>Bobby</b> & "Co"'],
    ['a digit', 'Bob2'],
    ['a digit of another script', 'علي٣'],
    ['a Roman numeral sign', 'Bob Ⅳ'],
    ['an apostrophe', "O'Brien"],
    ['a letter that looks like an apostrophe', 'OʼBrien'],
    ['an emoji', 'Bob😀'],
    ['a sign that stands for letters', 'Bob™'],
    ['a zero-width space', 'Al\u200Bice'],
    ['a joiner', 'Al\u200Dice'],
    ['a soft hyphen', 'Al\u00ADice'],
    ['an override of direction', 'Al\u202Eice'],
    ['a control character', 'Al\u0007ice'],
    ['a variation selector', 'Al\uFE0Fice'],
    ['letters that cannot be seen', '\u3164\u3164'],
    ['a filler beside a letter', '가\u115F가'],
    ['an enclosing mark', 'ab\u20DDcd'],
    ['a mark without its letter', '\u0301ab'],
    ['a mark after a space', 'ab \u0301cd'],
    ['a stroke that stretches a word', 'محـمد'],
    ['long vowel marks alone', 'ーー'],
    ['half a surrogate pair', 'Bob\uD83D'],
  ])('%s is refused', (_rule, raw) => {
    expect(verdict(raw)).toBe('bad_characters');
  });

  test('more marks on a letter than any script uses are refused', () => {
    expect(verdict('Z\u0351\u036B\u0343algo')).toBe('too_many_marks');
    expect(verdict('အ\u103B\u103C\u103D\u103E\u1031\u102Cအ')).toBe('too_many_marks');
    expect(verdict('a\u0323\u0302a')).toBe('ok ậa');
  });
});

describe('checkName requires one writing system', () => {
  test.each([
    ['Cyrillic А in a Latin name', 'Аnna', 'mixed_scripts'],
    ['Latin p in a Cyrillic name', 'Иpа', 'mixed_scripts'],
    ['Greek in a Latin name', 'Αlpha', 'mixed_scripts'],
    ['Cyrillic and Greek', 'Гαλ', 'mixed_scripts'],
    ['two words of two alphabets', 'Anna Анна', 'mixed_scripts'],
    ['Armenian and Latin', 'Նare', 'mixed_scripts'],
    ['Cherokee and Latin', 'Ꭺnna', 'mixed_scripts'],
    ['Hebrew and Arabic', 'שרمح', 'mixed_scripts'],
    ['Greek and Han', 'Α王', 'mixed_scripts'],
    ['a vowel sign of another script', 'abि', 'mixed_scripts'],
    ['Korean and Japanese', '김さ', 'mixed_scripts'],
    ['Japanese is three scripts', '桜さクラ', 'ok 桜さクラ'],
    ['Korean with Han', '김철秀', 'ok 김철秀'],
    ['Chinese with Bopomofo', '李ㄚ', 'ok 李ㄚ'],
    ['Japanese with Latin, as people do', 'Kenジ', 'ok Kenジ'],
    ['an accent belongs to every script', 'А\u0301нна', 'ok А\u0301нна'],
  ])('%s', (_rule, raw, expected) => {
    expect(verdict(raw)).toBe(expected);
  });

  test('every accepted letter belongs to a writing system', () => {
    const missing: string[] = [];
    for (const letter of everyLetter()) {
      if (inOneSystem([letter])) continue;
      if (verdict(letter.repeat(2)) === 'mixed_scripts') missing.push(letter);
    }
    expect(missing).toEqual([]);
  });
});

describe('checkName normalises', () => {
  test.each([
    ['parts are put together', 'Jose\u0301', 'ok José'],
    ['wide letters become plain', 'Ａｎｎａ', 'ok Anna'],
    ['mathematical letters become plain', '𝕭𝖔𝖇', 'ok Bob'],
    ['ligatures become letters', 'ﬁﬁ', 'ok fifi'],
    ['narrow kana become wide', 'ｹﾝ', 'ok ケン'],
    ['Arabic forms become letters', 'ﻣﺤﻤﺪ', 'ok محمد'],
    ['a Thai am stays whole', 'น้ำ', 'ok น้ำ'],
  ])('%s', (_rule, raw, expected) => {
    expect(verdict(raw)).toBe(expected);
  });

  test('a normalised name is accepted again, unchanged', () => {
    const piece = fc.constantFrom(...'aЖéन ि- ーァ王김\u0301ßſﬁ'.split(''));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const first = verdict(pieces.join(''));
        fc.pre(first.startsWith('ok '));
        expect(verdict(first.slice(3))).toBe(first);
      }),
      { numRuns: repetitions({ short: 300, full: 2_000 }) },
    );
  });

  test('checkName never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0x10ffff), { maxLength: 40 }), (codes) => {
        const { kind } = checkName(String.fromCodePoint(...codes));
        expect(['ok', 'refused']).toContain(kind);
      }),
    );
  });
});

function* everyLetter(): Generator<string> {
  const isLetter = /\p{L}/u;
  for (let code = 0; code <= 0x10ffff; code += 1) {
    const letter = String.fromCodePoint(code);
    if (isLetter.test(letter)) yield letter;
  }
}

describe('nameFrom', () => {
  test.each([
    ['Ann', 'Ann'],
    ['  ✨ Аня ✨ ', 'Аня'],
    ['❤\uFE0FАня', 'Аня'],
    ['Bob42', 'Bob'],
    ["O'Brien", 'OBrien'],
    ['Anna Maria', 'Anna Maria'],
    ['Jean-Luc', 'Jean-Luc'],
    ['Ann - Lee', 'Ann Lee'],
    ['𝓐𝓷𝓷', 'Ann'],
    ['محمد', 'محمد'],
    // One alphabet, and not too long: the first word is left.
    ['Anna Мария', 'Anna'],
    ['Anna of the Seven Hills', 'Anna'],
  ])('makes of %s the name %s', (firstName, name) => {
    expect(nameFrom(firstName)).toBe(name);
  });

  test.each(['', 'X', '42', '😀', '- -', 'x'.repeat(64), 'Аnna', '\u0301'])(
    'makes no name of %s',
    (firstName) => {
      expect(nameFrom(firstName)).toBeNull();
    },
  );

  test('makes only names that pass the rules', () => {
    for (const firstName of ['<b>Bobby</b> & "Co"', 'a-b-c', '1 - a -b', 'ab‐cd', 'ก็็็็็']) {
      const name = nameFrom(firstName);
      if (name !== null) expect(checkName(name)).toEqual({ kind: 'ok', name });
    }
  });
});
