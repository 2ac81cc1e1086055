import { describe, expect, test } from 'vitest';
import type { BattleResult } from '../../../domains/combat/battle-archive.ts';
import {
  type CharacterRecord,
  characterRecordHandler,
  emptyRecord,
} from '../../../domains/combat/character-record.ts';
import { archivedBattle } from '../../support/archived-battles.ts';

const battle = archivedBattle(1);
const results = { W: 'won', L: 'lost', D: 'drawn' } as const satisfies Record<string, BattleResult>;

describe('a record', () => {
  test.each([
    ['W', { won: 1, lost: 0, drawn: 0, streak: 1 }],
    ['WWW', { won: 3, lost: 0, drawn: 0, streak: 3 }],
    ['WWL', { won: 2, lost: 1, drawn: 0, streak: -1 }],
    ['WLL', { won: 1, lost: 2, drawn: 0, streak: -2 }],
    ['LLW', { won: 1, lost: 2, drawn: 0, streak: 1 }],
    ['WWD', { won: 2, lost: 0, drawn: 1, streak: 0 }],
    ['WWDDW', { won: 3, lost: 0, drawn: 2, streak: 1 }],
  ])('after %s is %o', (fought, expected) => {
    expect(
      counted(
        Array.from(fought).map((_, at) => at),
        fought,
      ),
    ).toEqual(expected);
  });

  test('is the same for every order in which four battles are counted', () => {
    for (const fought of wordsOf('WLD', 4)) {
      const inOrder = Array.from(fought).map((_, at) => at);
      const expected = counted(inOrder, fought);
      for (const order of ordersOf(inOrder))
        expect({ fought, order, ...counted(order, fought) }).toEqual({
          fought,
          order,
          ...expected,
        });
    }
  });

  test('does not count a battle against a Shadow', () => {
    const before = [{ charId: 1, record: emptyRecord, later: [] }];
    expect(characterRecordHandler.apply(archivedBattle(7), before)).toEqual([]);
  });

  test('counts for each side its own result', () => {
    const before = [1, 2].map((charId) => ({ charId, record: emptyRecord, later: [] }));
    const after = characterRecordHandler.apply(battle, before);
    expect(after.map(({ charId, record }) => [charId, record])).toEqual(
      battle.sides.map(({ charId, result }) => [
        charId,
        { ...emptyRecord, [result]: 1, streak: { won: 1, lost: -1, drawn: 0 }[result] },
      ]),
    );
  });
});

/** The record of character 1 after counting its battles in this order. */
function counted(order: readonly number[], fought: string): CharacterRecord {
  const resultAt = (at: number) => results[fought.charAt(at) as keyof typeof results];
  return order.reduce<CharacterRecord>((record, at, n) => {
    const later = order
      .slice(0, n)
      .filter((other) => other > at)
      .toSorted((one, other) => one - other)
      .map(resultAt);
    const [own, opponent] = battle.sides;
    const sides: typeof battle.sides = [{ ...own, charId: 1, result: resultAt(at) }, opponent];
    const [row] = characterRecordHandler.apply({ ...battle, sides }, [
      { charId: 1, record, later },
    ]);
    return row?.record ?? record;
  }, emptyRecord);
}

function wordsOf(letters: string, length: number): string[] {
  if (length === 0) return [''];
  return wordsOf(letters, length - 1).flatMap((word) =>
    Array.from(letters).map((one) => word + one),
  );
}

function ordersOf(places: readonly number[]): number[][] {
  if (places.length === 0) return [[]];
  return places.flatMap((first) =>
    ordersOf(places.filter((one) => one !== first)).map((rest) => [first, ...rest]),
  );
}
