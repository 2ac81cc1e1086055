import type { Monster } from './monster.ts';

export type { Monster };

/** Of a character with a monster; its battle has the same id. */
export interface Encounter {
  readonly id: string;
  readonly monster: Monster;
}

/**
 * `busy`: the character waits for a duel or fights elsewhere. `ended`: this battle has been fought.
 * `not_ready`: the character has no session, or the arena starts no battles now.
 */
export type WildBattleReply = 'fights' | 'busy' | 'ended' | 'not_ready';

/** Battles against monsters, for those who meet them. */
export interface WildBattles {
  /**
   * Seats the character and starts the battle with this id. A repeated call, also by another
   * process, leads to the same battle. Whatever process makes the battle, it begins with the
   * character's present vitals.
   */
  start(charId: number, encounter: Encounter): Promise<WildBattleReply>;
}
