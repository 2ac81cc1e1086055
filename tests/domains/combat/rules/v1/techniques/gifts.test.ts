import { describe, expect, test } from 'vitest';
import type { BattleEvent } from '../../../../../../domains/combat/battle.ts';
import {
  blows,
  manyTimes,
  mean,
  meanDamage,
  withVital,
} from '../../../../../support/combat-notation.ts';
import { evenSheet } from '../../../../../support/combat-sheets.ts';

const sheets = [evenSheet(8, 'war_cry', 'siphon', 'breath'), evenSheet(8)] as const;

describe('a war cry', () => {
  const cried = manyTimes('c/hc+war_cry vs h/bl', { sheets });

  test('weakens its own blow', () => {
    const plain = blows(manyTimes('c/hc vs h/bl', { sheets }), 0);
    expect(meanDamage(blows(cried, 0))).toBeLessThan(0.75 * meanDamage(plain));
  });

  test('gives fury for the next three exchanges', () => {
    expect(cried.every(({ after }) => after.fighters[0].effects.fury === 3)).toBe(true);
    const third = manyTimes('c/hc vs h/bl', {
      sheets,
      after: ['c/hc+war_cry vs h/hc', 'l/hc vs l/hc'],
    });
    const left = third.map(({ before, after }) => [
      before.fighters[0].effects.fury,
      after.fighters[0].effects.fury,
    ]);
    expect(new Set(left.map(String))).toEqual(new Set(['2,1']));
  });

  test('daunts about every second opponent, with or without a hit', () => {
    const daunted = cried.filter(({ events }) =>
      events.some((event) => event.kind === 'mark' && event.effect === 'daunted'),
    );
    expect(daunted.length / cried.length).toBeGreaterThan(0.5);
    expect(daunted.length / cried.length).toBeLessThan(0.7);
    expect(daunted.every(({ after }) => after.fighters[1].effects.daunted === 1)).toBe(true);
  });

  test('depends on charisma against the will of the opponent', () => {
    const daunts = (charisma: number, men: number) => {
      const loud = { ...sheets[0], attributes: { ...sheets[0].attributes, charisma } };
      const firm = { ...sheets[1], attributes: { ...sheets[1].attributes, men } };
      return manyTimes('c/hc+war_cry vs h/bl', { sheets: [loud, firm] }).filter(({ events }) =>
        events.some((event) => event.kind === 'mark'),
      ).length;
    };
    expect(daunts(30, 8)).toBeGreaterThan(1.2 * daunts(8, 8));
    expect(daunts(8, 30)).toBeLessThan(0.8 * daunts(8, 8));
  });
});

describe('a siphon', () => {
  const hurt = manyTimes('c/hc+siphon vs l/bl', { sheets, given: withVital('hp', 40) });

  test('restores health with every hit only', () => {
    for (const { result, amount, drained } of blows(hurt, 0)) {
      if (result === 'hit') expect(drained).toBe(Math.round(0.8 * amount));
      else expect(drained).toBe(0);
    }
  });

  test('does not heal above full health', () => {
    const whole = blows(manyTimes('c/hc+siphon vs h/bl', { sheets }), 0);
    const firstStrikes = whole.filter(({ result }) => result === 'hit');
    expect(firstStrikes.length).toBeGreaterThan(200);
    for (const { after } of manyTimes('c/hc+siphon vs h/bl', { sheets })) {
      const { cur, max } = after.fighters[0].stats.hp;
      expect(cur).toBeLessThanOrEqual(max);
    }
  });

  test('moves stamina from the opponent to its user', () => {
    const left = (notation: string) =>
      mean(
        manyTimes(notation, { sheets, given: withVital('stamina', 40) })
          .filter(({ events }) => events.some(isOwnHit))
          .map(({ after }) => after.fighters[0].stats.stamina.cur),
      );
    expect(left('c/hc+siphon vs h/bl') - left('c/hc vs h/bl')).toBeGreaterThan(12);
  });
});

function isOwnHit(event: BattleEvent): boolean {
  return event.kind === 'blow' && event.side === 0 && event.result === 'hit';
}

describe('a breath', () => {
  test('restores stamina and mana up to the maximum, and reports how much', () => {
    const spent = manyTimes('l/cb+breath vs h/bl', {
      sheets,
      given: (battle) => withVital('mp', 10)(withVital('stamina', 20)(battle)),
    });
    for (const { events } of spent) {
      expect(events[0]).toMatchObject({ kind: 'stance', technique: 'breath', stamina: 22, mp: 6 });
    }
    for (const { events } of manyTimes('l/cb+breath vs h/bl', { sheets })) {
      // Blow and guard cost 10 before the breath restored them.
      expect(events[0]).toMatchObject({ kind: 'stance', stamina: 10, mp: 0 });
    }
  });

  test('costs nothing', () => {
    const broke = manyTimes('l/cb+breath vs h/bl', {
      sheets,
      times: 1,
      given: (battle) => withVital('mp', 0)(withVital('stamina', 0)(battle)),
    });
    expect(broke[0]?.after.fighters[0].stats.stamina.cur).toBeGreaterThan(20);
  });
});
