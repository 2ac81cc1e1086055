import type { Monster } from './monster.ts';

interface SideNames {
  /** null: not a character. */
  readonly charId: number | null;
  /** null: not a monster. */
  readonly monster: Monster | null;
}

interface Sides {
  readonly sides: readonly [SideNames, SideNames];
}

export type SideKind = 'character' | 'shadow' | 'monster';

/** Who fights on a side of a battle. */
export function kindOfSide({ charId, monster }: SideNames): SideKind {
  if (monster !== null) return 'monster';
  return charId === null ? 'shadow' : 'character';
}

/** `duel`: of two people. `wild`: against a monster. */
export type BattleKind = 'duel' | 'shadow' | 'wild';

/** The kind of a running or archived battle. */
export function kindOfBattle({ sides }: Sides): BattleKind {
  const kinds = sides.map(kindOfSide);
  if (kinds.includes('monster')) return 'wild';
  return kinds.includes('shadow') ? 'shadow' : 'duel';
}

export function isDuel(battle: Sides): boolean {
  return kindOfBattle(battle) === 'duel';
}

export function isWild(battle: Sides): boolean {
  return kindOfBattle(battle) === 'wild';
}
