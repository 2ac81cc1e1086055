import { describe, expect, test } from 'vitest';
import { nameKey } from '../../../domains/account/name-key.ts';

describe('nameKey is equal for names', () => {
  test.each([
    ['whatever their case', 'Bobby', 'bOBBY'],
    ['whatever their case, in Cyrillic', 'Ёжик', 'ЁЖИК'],
    ['with ß, ẞ or ss', 'Weiß', 'WEIẞ'],
    ['with ß spelled out', 'Weiß', 'weiss'],
    ['with a sigma inside or at the end', 'Οδυσσεύς', 'ΟΔΥΣΣΕΎΣ'],
    ['with any of the four Turkish i', 'İIıi', 'iiii'],
    ['in any case of Georgian', 'ქეთი', 'ᲥᲔᲗᲘ'],
    ['put together or in parts', 'José', 'Jose\u0301'],
    ['with a Thai am whole or in parts', 'น้ำ', 'น้ํา'],
    ['if Cyrillic looks like Latin', 'АВСЕ', 'ABCE'],
    ['if Cyrillic looks like Latin, in small letters', 'оса', 'oca'],
    ['if Greek looks like Latin', 'ΝΙΚΟ', 'NIKO'],
    ['if Greek looks like Cyrillic', 'ΦΛΟΠ', 'ФЛОП'],
    ['if Cyrillic ё looks like Latin ë', 'Ёва', 'Ëва'],
    ['if kana look like Han', 'カイ', '力イ'],
    ['with the other Latin a and g', 'Mɑɡ', 'mag'],
  ])('%s', (_rule, one, other) => {
    expect(nameKey(one)).toBe(nameKey(other));
  });
});

describe('nameKey differs', () => {
  test.each([
    ['Ё is not Е', 'Ёлка', 'Елка'],
    ['Й is not И', 'Той', 'Тои'],
    ['an accent counts', 'José', 'Jose'],
    ['Ian is not Lan', 'Ian', 'Lan'],
    ['a hyphen counts', 'Anna-Maria', 'Anna Maria'],
    ['letters that look different', 'Жан', 'Jan'],
  ])('%s', (_rule, one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other));
  });
});

test('nameKey is equal for both cases of every Unicode letter', () => {
  const apart: string[] = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    const letter = String.fromCodePoint(code);
    const upper = letter.toUpperCase();
    const lower = letter.toLowerCase();
    if (upper === lower) continue;
    if (nameKey(upper) !== nameKey(lower)) apart.push(letter);
  }
  expect(apart).toEqual([]);
});
