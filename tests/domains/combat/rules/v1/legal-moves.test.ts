import { describe, expect, test } from 'vitest';
import { BattleOverError, IllegalMoveError } from '../../../../../domains/combat/rules/rules.ts';
import {
  forfeit,
  resolveExchange,
  startBattle,
} from '../../../../../domains/combat/rules/v1/engine.ts';
import {
  defaultMove,
  isLegal,
  legalTechniques,
} from '../../../../../domains/combat/rules/v1/legal-moves.ts';
import { move, moves, withVital } from '../../../../support/combat-notation.ts';
import { freshSheet, testSeed } from '../../../../support/combat-sheets.ts';

const battle = startBattle(testSeed(1), [freshSheet('duelist'), freshSheet('mystic')]);

describe('a technique is legal', () => {
  test('when the fighter knows it and can pay for it', () => {
    expect(legalTechniques(battle, 0)).toEqual(['feint', 'riposte', 'mirage', 'breath']);
    expect(legalTechniques(battle, 1)).toEqual(['flame_blade', 'foresight', 'siphon', 'breath']);
    expect(isLegal(battle, 0, move('h/hc+siphon'))).toBe(false);
  });

  test('only with enough stamina', () => {
    expect(legalTechniques(withVital('stamina', 9)(battle), 0)).toEqual([
      'riposte',
      'mirage',
      'breath',
    ]);
    expect(legalTechniques(withVital('stamina', 0)(battle), 0)).toEqual(['mirage', 'breath']);
  });

  test('only with enough mana', () => {
    expect(legalTechniques(withVital('mp', 9, 1)(battle), 1)).toEqual([
      'foresight',
      'siphon',
      'breath',
    ]);
    expect(legalTechniques(withVital('mp', 8, 1)(battle), 1)).toEqual(['foresight', 'breath']);
  });

  test('not twice in a row, but again one exchange later', () => {
    const once = resolveExchange(battle, moves('h/hc+feint vs h/hc')).battle;
    expect(legalTechniques(once, 0)).not.toContain('feint');
    const rested = resolveExchange(once, moves('h/hc vs h/hc')).battle;
    expect(legalTechniques(rested, 0)).toContain('feint');
  });

  test('never after the end of the battle', () => {
    const over = forfeit(battle, 0, 'surrender').battle;
    expect(legalTechniques(over, 1)).toEqual([]);
    expect(isLegal(over, 1, move('h/hc'))).toBe(false);
  });
});

test('every strike and guard is legal without a technique, even without stamina', () => {
  const spent = withVital('stamina', 0)(battle);
  const plain = ['h', 'c', 'b', 'l'].flatMap((zone) =>
    ['hc', 'cb', 'bl'].map((guard) => move(`${zone}/${guard}`)),
  );
  expect(plain.every((each) => isLegal(spent, 0, each))).toBe(true);
});

test('an illegal move raises an error with its side and changes nothing', () => {
  const before = JSON.stringify(battle);
  const wrong = moves('h/hc vs l/bl+riposte');
  expect(() => resolveExchange(battle, wrong)).toThrow(IllegalMoveError);
  expect(() => resolveExchange(battle, wrong)).toThrow(/Side 1 cannot use riposte/);
  expect(JSON.stringify(battle)).toBe(before);
});

test('an ended battle refuses exchange and surrender', () => {
  const over = forfeit(battle, 1, 'idle').battle;
  expect(() => resolveExchange(over, moves('h/hc vs h/hc'))).toThrow(BattleOverError);
  expect(() => forfeit(over, 0, 'surrender')).toThrow(BattleOverError);
});

describe('the default move', () => {
  test('is a cheap blow with the middle guard', () => {
    expect(defaultMove(battle, 0)).toEqual(move('l/cb'));
  });

  test('includes a breath below half of the stamina, if that is legal', () => {
    const tired = withVital('stamina', 40)(battle);
    expect(defaultMove(tired, 0)).toEqual(move('l/cb+breath'));
    const breathed = resolveExchange(tired, moves('l/cb+breath vs h/hc')).battle;
    expect(defaultMove(withVital('stamina', 0)(breathed), 0)).toEqual(move('l/cb'));
  });

  test('is always legal and deterministic', () => {
    for (const stamina of [0, 5, 20, 60]) {
      const state = withVital('stamina', stamina)(battle);
      expect(isLegal(state, 0, defaultMove(state, 0))).toBe(true);
      expect(defaultMove(state, 0)).toEqual(defaultMove(state, 0));
    }
  });
});
