import type { ArchivedBattle, BattleResult } from '../../domains/combat/battle-archive.ts';
import { monsterSheet } from '../../domains/combat/monster.ts';
import type { Monster } from '../../domains/combat/wild-battles.ts';
import { battleWon } from './archived-battles.ts';

const opposite = { won: 'lost', lost: 'won', drawn: 'drawn' } as const;

/** Playing it takes a millisecond. */
let fought: ArchivedBattle | null = null;

/** The `n`th battle of a character against a monster. Its exchanges are those of a duel. */
export function wildBattle(
  n: number,
  {
    monster = 'wolf',
    result = 'won',
    charId = 1,
  }: {
    readonly monster?: Monster;
    readonly result?: BattleResult;
    readonly charId?: number;
  } = {},
): ArchivedBattle {
  const { sides, sheets, ...rest } = (fought ??= battleWon(0));
  return {
    ...rest,
    id: `wild${String(n).padStart(8, '0')}`,
    endedAtMs: rest.endedAtMs + n,
    sheets: [sheets[0], monsterSheet(monster)],
    sides: [
      { ...sides[0], charId, userId: 1000 + charId, result },
      { ...sides[1], charId: null, userId: null, monster, name: '', result: opposite[result] },
    ],
  };
}
