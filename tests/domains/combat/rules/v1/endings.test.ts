import { describe, expect, test } from 'vitest';
import type { Battle, FighterSheet } from '../../../../../domains/combat/battle.ts';
import {
  forfeit,
  resolveExchange,
  startBattle,
} from '../../../../../domains/combat/rules/v1/engine.ts';
import { combatNumbers } from '../../../../../domains/combat/rules/v1/numbers.ts';
import {
  manyTimes,
  meanDamage,
  blows,
  moves,
  withVital,
} from '../../../../support/combat-notation.ts';
import { evenSheet, freshSheet, testSeed } from '../../../../support/combat-sheets.ts';

const { turnLimit, crowd } = combatNumbers;
const sheets = [evenSheet(8), evenSheet(8)] as const;

function atTurn(turn: number): (battle: Battle) => Battle {
  return (battle) => ({ ...battle, turn });
}

describe('startBattle', () => {
  test('begins with turn 1, no effects and no technique used', () => {
    const battle = startBattle(testSeed(1), [freshSheet('warrior'), freshSheet('mystic')]);
    expect(battle).toMatchObject({ rules: 1, turn: 1, outcome: null });
    const [warrior] = battle.fighters;
    expect(warrior).toMatchObject({ ...freshSheet('warrior'), lastTechnique: null });
    expect(new Set(Object.values(warrior.effects))).toEqual(new Set([0]));
  });

  test('gives every fighter at least 1 health', () => {
    const broken: FighterSheet = {
      ...evenSheet(8),
      stats: { hp: { cur: 0, max: 0 }, mp: { cur: 9, max: 5 }, stamina: { cur: 1, max: 0 } },
    };
    const battle = startBattle(testSeed(1), [broken, broken]);
    expect(battle.fighters[0].stats).toEqual({
      hp: { cur: 1, max: 1 },
      mp: { cur: 5, max: 5 },
      stamina: { cur: 0, max: 0 },
    });
  });

  test('refuses a seed that is not 32 lower-case hexadecimal digits', () => {
    for (const seed of ['', 'xyz', 'A'.repeat(32), '0'.repeat(31)]) {
      expect(() => startBattle(seed, sheets)).toThrow();
    }
  });
});

describe('a battle ends', () => {
  test('by knockout when a side has no health left', () => {
    const outcomes = manyTimes('c/hc vs h/bl', { sheets, given: withVital('hp', 1, 1) });
    const won = outcomes.filter(({ after }) => after.outcome?.winner === 0);
    expect(won.length).toBeGreaterThan(300);
    for (const { after, events } of won) {
      expect(after.outcome).toEqual({ winner: 0, reason: 'knockout' });
      expect(after.fighters[1].stats.hp.cur).toBe(0);
      expect(events.at(-1)).toEqual({ kind: 'end', turn: 1, outcome: after.outcome });
      expect(after.turn).toBe(1);
    }
  });

  test('by knockout through a counter-attack', () => {
    const own = evenSheet(8);
    const outcomes = manyTimes('c/bl vs l/hc+riposte', {
      sheets: [own, evenSheet(8, 'riposte')],
      given: withVital('hp', 1, 0),
    });
    const answered = outcomes.filter(({ events }) =>
      events.some((event) => event.kind === 'counter' && event.side === 1),
    );
    expect(answered.length).toBeGreaterThan(100);
    expect(answered.every(({ after }) => after.outcome?.winner === 1)).toBe(true);
  });

  test('at the turn limit with a win for the side with the larger share of health', () => {
    const given = (battle: Battle) => atTurn(turnLimit)(withVital('hp', 70, 0)(battle));
    const outcomes = manyTimes('l/hc vs l/hc', { sheets, given });
    for (const { after } of outcomes) {
      expect(after.outcome?.reason === 'turn_limit' || after.outcome?.reason === 'knockout').toBe(
        true,
      );
      const [a, b] = after.fighters.map(({ stats }) => stats.hp.cur);
      if (after.outcome?.winner === null) expect(a).toBe(b);
      else expect(after.outcome?.winner).toBe((a ?? 0) > (b ?? 0) ? 0 : 1);
    }
  });

  test('at the turn limit in a draw for equal shares of health', () => {
    const blind = evenSheet(8);
    const given = (battle: Battle) => atTurn(turnLimit)(battle);
    const outcomes = manyTimes('h/hc vs h/hc', { sheets: [blind, blind], given, times: 2_000 });
    const untouched = outcomes.filter(({ after }) =>
      after.fighters.every(({ stats }) => stats.hp.cur === stats.hp.max),
    );
    expect(untouched.length).toBeGreaterThan(10);
    expect(untouched.every(({ after }) => after.outcome?.winner === null)).toBe(true);
  });

  test('with a win for the other side after surrender or idle turns', () => {
    const battle = startBattle(testSeed(3), sheets);
    for (const reason of ['surrender', 'idle'] as const) {
      const { battle: over, events } = forfeit(battle, 0, reason);
      expect(over.outcome).toEqual({ winner: 1, reason });
      expect(events).toEqual([{ kind: 'end', turn: 1, outcome: over.outcome }]);
    }
    expect(battle.outcome).toBeNull();
  });
});

describe('the crowd', () => {
  test('roars once, and the damage grows from then on', () => {
    const damageAt = (turn: number) =>
      meanDamage(blows(manyTimes('c/hc vs h/bl', { sheets, given: atTurn(turn) }), 0));
    const before = damageAt(crowd.fromTurn - 1);
    expect(damageAt(1) / before).toBeCloseTo(1, 1);
    expect(damageAt(crowd.fromTurn)).toBeGreaterThan(1.1 * before);
    expect(damageAt(crowd.fromTurn + 5)).toBeGreaterThan(1.8 * before);
    const roars = [crowd.fromTurn - 1, crowd.fromTurn, crowd.fromTurn + 1].map(
      (turn) =>
        resolveExchange(atTurn(turn)(startBattle(testSeed(1), sheets)), moves('l/hc vs l/hc'))
          .events[0]?.kind === 'crowd',
    );
    expect(roars).toEqual([false, true, false]);
  });

  test('favours the side with more charisma', () => {
    const loved = { ...evenSheet(8), attributes: { ...evenSheet(8).attributes, charisma: 40 } };
    const given = atTurn(crowd.fromTurn + 5);
    const own = manyTimes('c/hc vs c/bl', { sheets: [loved, evenSheet(8)], given });
    const plain = manyTimes('c/hc vs c/bl', { sheets, given });
    const hits = (outcomes: typeof own) =>
      blows(outcomes, 0).filter(({ result, crit }) => result === 'hit' && !crit);
    expect(meanDamage(hits(own))).toBeGreaterThan(1.1 * meanDamage(hits(plain)));
  });
});
