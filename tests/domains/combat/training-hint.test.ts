import { describe, expect, test } from 'vitest';
import type { Input, Move } from '../../../domains/combat/battle.ts';
import type { BattleRecord } from '../../../domains/combat/battle-record.ts';
import { trainingHint } from '../../../domains/combat/training-hint.ts';
import { shadowLines, trainingHintLine } from '../../../domains/combat/training-lines.ts';
import { freshBattle } from '../../support/battle-setup.ts';
import { moves } from '../../support/combat-notation.ts';

/** Exchanges such as `h/hc vs l/bl`, own move first. */
function fought(...notations: string[]): Input[] {
  return notations.map((text) => ({ kind: 'exchange', moves: [...moves(text)] }));
}

function withTechnique(text: string, side: 0 | 1, technique: Move['technique']): Input {
  const both = moves(text);
  const changed = both.map((move, at) => (at === side ? { ...move, technique } : move));
  const [first = both[0], second = both[1]] = changed;
  return { kind: 'exchange', moves: [first, second] };
}

describe('a guard hint', () => {
  test.each([
    ['head-chest', ['b/hc vs l/hc', 'h/hc vs b/hc']],
    ['chest-belly', ['h/hc vs l/cb', 'b/hc vs b/cb']],
    ['belly-legs', ['h/hc vs l/bl', 'l/hc vs b/bl']],
  ] as const)('names a guard that was up twice and took the last blow: %s', (guard, exchanges) => {
    expect(trainingHint(fought(...exchanges), 0)).toEqual({ kind: 'guard', guard });
  });

  test('is not given when the last blow went elsewhere', () => {
    expect(trainingHint(fought('h/bl vs l/hc', 'b/bl vs b/hc'), 0)).toBeNull();
  });

  test('is not given when the guard changed', () => {
    expect(trainingHint(fought('h/bl vs l/hc', 'h/bl vs b/cb'), 0)).toBeNull();
  });

  test('is not given to a feint, which aims at a guard', () => {
    const feint = withTechnique('h/bl vs b/hc', 0, 'feint');
    expect(trainingHint([...fought('h/bl vs l/hc'), feint], 0)).toBeNull();
  });

  test('counts no move with a technique as a habit', () => {
    const wall = withTechnique('h/bl vs b/hc', 1, 'shield_wall');
    expect(trainingHint([...fought('h/bl vs l/hc'), wall], 0)).toBeNull();
  });
});

describe('a strike hint', () => {
  test('names a zone that was struck twice and open both times', () => {
    const exchanges = fought('b/bl vs h/hc', 'l/cb vs h/hc');
    expect(trainingHint(exchanges, 0)).toEqual({ kind: 'strike', zone: 'head' });
  });

  test('is not given when the zone was guarded once', () => {
    expect(trainingHint(fought('b/bl vs h/hc', 'l/hc vs h/hc'), 0)).toBeNull();
  });

  test('comes after a guard hint', () => {
    const exchanges = fought('h/bl vs h/hc', 'h/bl vs h/hc');
    expect(trainingHint(exchanges, 0)).toEqual({ kind: 'guard', guard: 'head-chest' });
  });
});

test('a hint needs two exchanges, and looks at the last two', () => {
  const [first, second, third] = fought('h/bl vs l/hc', 'h/bl vs b/hc', 'b/bl vs h/cb');
  if (first === undefined || second === undefined || third === undefined) throw new Error('three');
  expect(trainingHint([], 0)).toBeNull();
  expect(trainingHint([first], 0)).toBeNull();
  expect(trainingHint([first, second], 0)).not.toBeNull();
  expect(trainingHint([first, second, third], 0)).toBeNull();
});

test('the second side sees the habits of the first', () => {
  const exchanges = fought('l/hc vs h/bl', 'b/hc vs h/bl');
  expect(trainingHint(exchanges, 1)).toEqual({ kind: 'guard', guard: 'head-chest' });
});

describe('the lines of a training fight', () => {
  const keysOf = (record: BattleRecord) => shadowLines(record, 0).map(({ key }) => key);
  const inputs = fought('h/bl vs l/hc', 'h/bl vs b/hc');

  test('name level and handicap of the Shadow', () => {
    const [about, handicap] = shadowLines(freshBattle({ second: 'novice' }), 0);
    expect(about?.args?.['level']).toEqual({ key: 'arena.training.level.novice' });
    expect(handicap).toEqual({ key: 'arena.training.handicap', args: { percent: 85 } });
  });

  test('name no handicap of a Shadow at full health', () => {
    for (const second of ['apprentice', 'master'] as const)
      expect(keysOf(freshBattle({ second }))).toEqual(['arena.training.about']);
  });

  test('have the hint after an exchange, and none where there is none', () => {
    const record = freshBattle({ second: 'master' });
    const hint = trainingHintLine({ ...record, inputs }, 0);
    expect(hint?.key).toBe('battle.hint.guard.head-chest');
    expect(trainingHintLine({ ...record, inputs: inputs.slice(0, 1) }, 0)).toBeNull();
  });

  test('are absent between people', () => {
    expect(keysOf({ ...freshBattle(), inputs })).toEqual([]);
    expect(trainingHintLine({ ...freshBattle(), inputs }, 0)).toBeNull();
  });
});
