import { describe, expect, test } from 'vitest';
import {
  blows,
  manyTimes,
  mean,
  meanDamage,
  withVital,
} from '../../../../support/combat-notation.ts';
import { evenSheet } from '../../../../support/combat-sheets.ts';

const sheets = [evenSheet(8, 'breath'), evenSheet(8)] as const;

/** Stamina that the first side has spent after an exchange, recovery included. */
function spent(notation: string): number {
  const outcomes = manyTimes(notation, { sheets, times: 60 });
  return mean(
    outcomes.map(
      ({ before, after }) =>
        before.fighters[0].stats.stamina.cur - after.fighters[0].stats.stamina.cur,
    ),
  );
}

describe('stamina', () => {
  test('is spent most for the head, least for the legs', () => {
    const costs = ['h', 'c', 'b', 'l'].map((zone) => spent(`${zone}/cb vs h/hc`));
    expect(costs).toEqual(costs.toSorted((a, b) => b - a));
    expect(new Set(costs.map(Math.round)).size).toBeGreaterThan(2);
  });

  test('is spent less for the middle guard', () => {
    expect(spent('h/cb vs h/hc')).toBeLessThan(spent('h/hc vs l/bl'));
  });

  test('weakens the blow when there is too little of it', () => {
    const rested = blows(manyTimes('c/hc vs c/bl', { sheets }), 0);
    const tired = blows(manyTimes('c/hc vs c/bl', { sheets, given: withVital('stamina', 3) }), 0);
    expect(meanDamage(tired)).toBeLessThan(0.65 * meanDamage(rested));
  });

  test('weakens the guard when there is too little of it', () => {
    const given = withVital('stamina', 3);
    const rested = blows(manyTimes('c/hc vs c/hc', { sheets }), 1);
    const tired = blows(manyTimes('c/hc vs c/hc', { sheets, given }), 1);
    expect(meanDamage(tired)).toBeGreaterThan(2 * meanDamage(rested));
  });

  test('recovers after an exchange unless the fighter is winded', () => {
    const outcomes = manyTimes('l/hc vs b/hc', { sheets });
    const after = (winded: boolean) =>
      outcomes
        .filter(({ after }) => after.fighters[0].effects.winded > 0 === winded)
        .map(({ after }) => after.fighters[0].stats.stamina.cur);
    expect(after(true).length).toBeGreaterThan(50);
    // 8 lost by the effect and 9 that did not recover.
    expect(mean(after(false)) - mean(after(true))).toBeCloseTo(17, 5);
  });

  test('stays between 0 and its maximum', () => {
    const empty = manyTimes('h/hc vs b/hc', { sheets, given: withVital('stamina', 0) });
    const full = manyTimes('l/cb+breath vs l/hc', { sheets });
    for (const { after } of [...empty, ...full]) {
      const { cur, max } = after.fighters[0].stats.stamina;
      expect(cur).toBeGreaterThanOrEqual(0);
      expect(cur).toBeLessThanOrEqual(max);
    }
  });
});

describe('an effect', () => {
  const hurt = (effect: 'dazed' | 'hobbled' | 'daunted' | 'fury') =>
    manyTimes('c/hc vs c/bl', {
      sheets,
      times: 800,
      given: (battle) => {
        const [first, second] = battle.fighters;
        return {
          ...battle,
          fighters: [{ ...first, effects: { ...first.effects, [effect]: 1 } }, second],
        };
      },
    });
  const healthy = manyTimes('c/hc vs c/bl', { sheets, times: 800 });
  const misses = (outcomes: typeof healthy) =>
    blows(outcomes, 0).filter(({ result }) => result === 'miss').length;
  const dodges = (outcomes: typeof healthy) =>
    blows(outcomes, 1).filter(({ result }) => result === 'dodge').length;

  test('dazed makes a fighter miss more often', () => {
    expect(misses(hurt('dazed'))).toBeGreaterThan(3 * misses(healthy));
  });

  test('hobbled prevents dodging and makes a fighter strike last', () => {
    const outcomes = hurt('hobbled');
    expect(dodges(healthy)).toBeGreaterThan(40);
    expect(dodges(outcomes)).toBe(0);
    const first = outcomes.map(({ events }) => events.find((event) => event.kind === 'blow'));
    expect(first.every((event) => event?.kind === 'blow' && event.side === 1)).toBe(true);
  });

  test('daunted lowers and fury raises the damage', () => {
    const plain = meanDamage(blows(healthy, 0));
    expect(meanDamage(blows(hurt('daunted'), 0))).toBeLessThan(0.9 * plain);
    expect(meanDamage(blows(hurt('fury'), 0))).toBeGreaterThan(1.1 * plain);
  });

  test('lasts for the next exchange only', () => {
    const fresh = manyTimes('l/hc vs l/hc', { sheets, times: 200 })
      .map(({ after }) => after)
      .filter(({ fighters }) => fighters[0].effects.hobbled > 0);
    expect(fresh.length).toBeGreaterThan(30);
    expect(fresh.every(({ fighters }) => fighters[0].effects.hobbled === 1)).toBe(true);
    const later = manyTimes('h/cb vs h/cb', {
      sheets,
      times: 200,
      after: ['l/hc vs l/hc'],
    });
    expect(later.every(({ after }) => after.fighters[0].effects.hobbled === 0)).toBe(true);
  });
});
