import type { monsterIds } from '../../resources/numbers/monsters.ts';

export type Monster = (typeof monsterIds)[number];

/** `busy`: the character waits for a duel or fights. `ended`: this battle has been fought. */
export type WildBattleReply = 'fights' | 'busy' | 'ended' | 'not_ready';

/** Battles against monsters, for those who meet them. */
export interface WildBattles {
  /**
   * Seats the character and starts the battle with this id. A repeated call, also by another
   * process, leads to the same battle. Whatever process makes the battle, it begins with the
   * character's present vitals.
   */
  start(
    charId: number,
    encounter: { readonly id: string; readonly monster: Monster },
  ): Promise<WildBattleReply>;
}
