import { describe, expect, test } from 'vitest';
import { blows, manyTimes, meanDamage, shareOf } from '../../../../../support/combat-notation.ts';
import { evenSheet } from '../../../../../support/combat-sheets.ts';

const all = ['feint', 'foresight', 'shield_wall', 'riposte'] as const;
const sheets = [evenSheet(8, ...all), evenSheet(8, ...all)] as const;

function feints(notation: string) {
  return blows(manyTimes(notation, { sheets }), 0);
}

describe('a feint', () => {
  test.each([
    ['h/hc+feint vs h/hc', 'head', 'legs'],
    ['c/hc+feint vs h/hc', 'chest', 'belly'],
    ['c/hc+feint vs h/cb', 'chest', 'head'],
    ['b/hc+feint vs h/cb', 'belly', 'legs'],
    ['l/hc+feint vs h/bl', 'legs', 'head'],
  ])('%s draws the guard to the %s and strikes the %s', (notation, from, to) => {
    const worked = feints(notation).filter(({ feintedFrom }) => feintedFrom !== null);
    expect(worked.length).toBeGreaterThan(300);
    expect(new Set(worked.map(({ zone }) => zone))).toEqual(new Set([to]));
    expect(new Set(worked.map(({ feintedFrom }) => feintedFrom))).toEqual(new Set([from]));
    expect(shareOf(worked, 'block') + shareOf(worked, 'parry')).toBe(0);
  });

  test('is seen through sometimes, more often with more perception', () => {
    const keen = { ...evenSheet(8), attributes: { ...evenSheet(8).attributes, perception: 60 } };
    const seen = (sheet: typeof keen) =>
      blows(manyTimes('c/hc+feint vs h/hc', { sheets: [sheets[0], sheet] }), 0).filter(
        ({ feintedFrom }) => feintedFrom === null,
      ).length;
    expect(seen(sheets[1])).toBeGreaterThan(30);
    expect(seen(keen)).toBeGreaterThan(1.4 * seen(sheets[1]));
  });

  test('is a weak blow where there is no guard', () => {
    const wrong = meanDamage(feints('c/hc+feint vs h/bl'));
    const straight = meanDamage(feints('c/hc vs h/bl'));
    expect(wrong).toBeLessThan(0.9 * straight);
  });

  test('does more damage than a plain blow into a guard', () => {
    expect(meanDamage(feints('c/hc+feint vs h/hc'))).toBeGreaterThan(
      4 * meanDamage(feints('c/hc vs h/hc')),
    );
  });

  test('deceives foresight and riposte', () => {
    for (const stance of ['foresight', 'riposte']) {
      const hits = feints(`c/hc+feint vs h/hc+${stance}`);
      expect(shareOf(hits, 'hit')).toBeGreaterThan(0.6);
    }
  });

  test('does not get around a shield wall', () => {
    const stopped = feints('h/hc+feint vs h/bl+shield_wall');
    expect(shareOf(stopped, 'hit')).toBe(0);
  });
});
