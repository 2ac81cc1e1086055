import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Translator } from '../../../bot/translator.ts';
import { type BalanceCounts, wilsonInterval } from '../../../domains/admin/balance.ts';
import { balanceScreen } from '../../../domains/admin/balance-screen.ts';

describe('the score interval', () => {
  // Newcombe (1998), Table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i of %i is %f to %f', (...[won, fought, low, high]) => {
    const interval = wilsonInterval(won, fought);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  test('has the share in it, lies between 0 and 1, and mirrors that of the losses', () => {
    const counts = fc
      .integer({ min: 1, max: 10_000 })
      .chain((fought) => fc.tuple(fc.integer({ min: 0, max: fought }), fc.constant(fought)));
    fc.assert(
      fc.property(counts, ([won, fought]) => {
        const { low, high } = wilsonInterval(won, fought);
        const lost = wilsonInterval(fought - won, fought);
        expect(low).toBeGreaterThan(-1e-12);
        expect(high).toBeLessThan(1 + 1e-12);
        expect(won / fought).toBeGreaterThan(low - 1e-12);
        expect(won / fought).toBeLessThan(high + 1e-12);
        expect(low + lost.high).toBeCloseTo(1, 10);
      }),
    );
  });
});

describe('the balance screen', () => {
  const counts: BalanceCounts = {
    archetypes: [
      { of: 'warrior', won: 40, fought: 100 },
      { of: 'mystic', won: 60, fought: 100 },
      { of: 'guardian', won: 29, fought: 29 },
    ],
    techniques: [{ of: 'feint', won: 15, fought: 30 }],
  };
  const linesIn = (language: 'en' | 'ru', of = counts) => {
    const translator = new Translator(language, { clientTime: false });
    const { title, body } = balanceScreen(of);
    const lines = [title, ...body].map((line) => line && translator.plain(line));
    return lines.map((line) => line?.replaceAll('\u00a0', ' ') ?? null);
  };

  test('has who wins most first, with interval and duels, and hides fewer than 30', () => {
    expect(linesIn('en').slice(2)).toEqual([
      null,
      '<b>Archetypes</b>',
      'Mystic: 60% (50–69%), duels 100',
      'Warrior: 40% (31–50%), duels 100',
      'Guardian: too few (29)',
      null,
      '<b>Techniques in the loadout</b>',
      'Feint: 50% (33–67%), duels 30',
    ]);
  });

  test('says the same in Russian', () => {
    const lines = linesIn('ru');
    expect(lines[0]).toBe('⚖️ Баланс: рейтинговые дуэли за 30 дней');
    expect(lines).toContain('Страж: слишком мало (29)');
    expect(lines.join('\n')).toMatch(/: 60 % \(50–69 %\), дуэлей 100/u);
  });

  test('says that there are no duels', () => {
    const none = linesIn('en', { archetypes: [], techniques: [] });
    expect(none.filter((line) => line === 'No duels yet.')).toHaveLength(2);
  });
});
