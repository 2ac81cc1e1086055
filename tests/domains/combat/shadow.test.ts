import { describe, expect, test } from 'vitest';
import type { Move, ShadowLevel } from '../../../domains/combat/battle.ts';
import type { BattleRecord } from '../../../domains/combat/battle-record.ts';
import { choose } from '../../../domains/combat/battle-session.ts';
import { habitOf } from '../../../domains/combat/rules/v1/policy/apprentice-policy.ts';
import {
  levelAfter,
  levelOfShadow,
  levelsUpTo,
  shadowSheet,
} from '../../../domains/combat/shadow.ts';
import { BATTLE_START_MS, freshBattle, turnRules } from '../../support/battle-setup.ts';
import { freshSheet, testSeed } from '../../support/combat-sheets.ts';

test.each([
  [0, 'novice'],
  [1, 'novice'],
  [2, 'apprentice'],
  [4, 'apprentice'],
  [5, 'master'],
  [500, 'master'],
] as const)('after %i finished battles the Shadow is at the level %s', (battles, level) => {
  expect(levelAfter(battles)).toBe(level);
});

test('levelsUpTo returns the level and all weaker ones', () => {
  expect(levelsUpTo('novice')).toEqual(['novice']);
  expect(levelsUpTo('master')).toEqual(['novice', 'apprentice', 'master']);
});

describe('the sheet of a Shadow', () => {
  const owner = freshSheet('mystic');

  test('of a novice has 85 % of the health and all else of its owner', () => {
    const { hp } = owner.stats;
    const sheet = shadowSheet(owner, 'novice');
    const stats = { ...owner.stats, hp: { cur: Math.round(0.85 * hp.max), max: hp.max } };
    expect(sheet).toEqual({ ...owner, stats, shadow: 'novice' });
  });

  test('of an apprentice has the full health', () => {
    expect(shadowSheet(owner, 'apprentice')).toEqual({ ...owner, shadow: 'apprentice' });
  });

  test('of a master is that of its owner, as in earlier releases', () => {
    expect(shadowSheet(owner, 'master')).toEqual(owner);
  });

  test.each(['novice', 'apprentice', 'master'] as const)('names its level: %s', (level) => {
    expect(levelOfShadow(shadowSheet(owner, level))).toBe(level);
  });
});

describe('a battle against the Shadow', () => {
  test('of a novice begins with the handicap, and the player at full health', () => {
    const { battle, sheets } = freshBattle({ second: 'novice' });
    const [own, shadow] = battle.fighters;
    expect(own.stats.hp.cur).toBe(own.stats.hp.max);
    expect(shadow.stats.hp).toEqual(sheets[1].stats.hp);
    expect(shadow.stats.hp.cur).toBeLessThan(shadow.stats.hp.max);
  });

  test('of a novice has no technique in any exchange', () => {
    const moves = shadowMoves('novice', 30);
    expect(moves.length).toBeGreaterThan(200);
    expect(moves.filter(({ technique }) => technique !== null)).toEqual([]);
    expect(new Set(moves.map(({ strike }) => strike)).size).toBe(4);
    expect(new Set(moves.map(({ guard }) => guard)).size).toBe(3);
  });

  test('of an apprentice strikes the zone of its habit in half of the exchanges', () => {
    const habitual = seeds(60).flatMap((seed) => {
      const habit = habitOf(seed);
      return movesIn(foughtBlindly('apprentice', seed)).map(({ strike }) => strike === habit);
    });
    const share = habitual.filter(Boolean).length / habitual.length;
    expect(share).toBeGreaterThan(0.44);
    expect(share).toBeLessThan(0.56);
  });

  test('of an apprentice has a habit that differs between battles', () => {
    expect(new Set(seeds(60).map(habitOf))).toEqual(new Set(['head', 'chest', 'belly']));
  });

  test('of an apprentice uses a technique in some exchanges', () => {
    const used = shadowMoves('apprentice', 30).map(({ technique }) => technique !== null);
    const share = used.filter(Boolean).length / used.length;
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.35);
  });

  test.each(['novice', 'apprentice', 'master'] as const)(
    'of the level %s repeats its moves from the same seed and the same taps',
    (level) => {
      const [seed = ''] = seeds(1);
      expect(foughtBlindly(level, seed).inputs).toEqual(foughtBlindly(level, seed).inputs);
    },
  );
});

function seeds(count: number): string[] {
  return Array.from({ length: count }, (_, n) => testSeed(n));
}

function shadowMoves(level: ShadowLevel, battles: number): Move[] {
  return seeds(battles).flatMap((seed) => movesIn(foughtBlindly(level, seed)));
}

function movesIn({ inputs }: BattleRecord): Move[] {
  return inputs.flatMap((input) => (input.kind === 'exchange' ? [input.moves[1]] : []));
}

/** A player who always makes the same move. */
function foughtBlindly(level: ShadowLevel, seed: string): BattleRecord {
  let record = freshBattle({ second: level, seed });
  const now = { nowMs: BATTLE_START_MS, rules: turnRules };
  while (record.endedAtMs === null) {
    const choice = { strike: 'chest', guard: 'chest-belly' } as const;
    const reply = choose(record, { side: 0, turn: record.battle.turn, choice }, now);
    if (reply.kind !== 'changed') throw new Error(`the move was ${reply.kind}`);
    ({ record } = reply);
  }
  return record;
}
