import { describe, expect, test } from 'vitest';
import { drawPng } from '../../../bot/draw-png.ts';
import { Translator } from '../../../bot/translator.ts';
import { curveCaption } from '../../../domains/profile/profile-screens.ts';
import { curveSvg, ratingCurve } from '../../../domains/profile/rating-curve.ts';

describe('the lines of a rating curve', () => {
  test.each([
    ['of one duel', [1500, 1531], { step: 10, low: 1500, high: 1540 }],
    ['of equal numbers', [1500, 1500], { step: 10, low: 1500, high: 1510 }],
    ['of a season', [1500, 1340, 1622], { step: 100, low: 1300, high: 1700 }],
    ['of more than every step allows', [0, 90_000], { step: 500, low: 0, high: 90_000 }],
  ])('%s are around all its numbers, and few', (_, numbers, expected) => {
    const { step, low, high } = ratingCurve(numbers);
    expect({ step, low, high }).toEqual(expected);
  });
});

test('the curve of an SVG goes from the left to the right, higher numbers further up', () => {
  const svg = curveSvg(ratingCurve([1500, 1531, 1520]));
  const points = /<polyline points="([^"]*)"/.exec(svg)?.[1]?.split(' ') ?? [];
  const [start, best, end] = points.map((point) => point.split(',').map(Number));
  expect([start?.[0], best?.[0], end?.[0]]).toEqual([40, 450, 860]);
  expect(best?.[1]).toBeLessThan(end?.[1] ?? NaN);
  expect(end?.[1]).toBeLessThan(start?.[1] ?? NaN);
});

test('a picture is a PNG that differs with the numbers', async () => {
  const [one, other] = await Promise.all(
    [
      [1500, 1531],
      [1500, 1469],
    ].map((numbers) => drawPng(curveSvg(ratingCurve(numbers)))),
  );
  expect(
    Buffer.from(one ?? [])
      .subarray(1, 4)
      .toString('latin1'),
  ).toBe('PNG');
  expect(Buffer.from(one ?? []).equals(Buffer.from(other ?? []))).toBe(false);
});

test('the caption has the figures', () => {
  const caption = curveCaption('Ann', ratingCurve([1500, 1469, 1531]));
  const inLanguage = (language: 'en' | 'ru') =>
    new Translator(language, { clientTime: false }).plain(caption);
  expect(inLanguage('en')).toBe(
    '📈 Ann: 1500 → 1531 in 2 rated duels. Lowest 1469, highest 1531. Lines every 25 points from 1450 to 1550.',
  );
  expect(inLanguage('ru')).toBe(
    '📈 Ann: 1500 → 1531 за 2 рейтинговые дуэли. Минимум 1469, максимум 1531. Линии через 25 от 1450 до 1550.',
  );
});
