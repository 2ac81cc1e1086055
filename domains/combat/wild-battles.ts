import type { Monster } from './monster.ts';

export type { Monster };

/** Of a character with a monster; its battle has the same id. */
export interface Encounter {
  readonly id: string;
  readonly monster: Monster;
}

/** Of the ids that `Entropy` makes. */
const ID_LETTERS = 12;
const STORY = 'story';

/** The id of a battle that a story asks for. */
export function storyBattleId(id: string): string {
  return `${STORY}${id}`;
}

/** By its id. Ids of other battles are shorter than these. */
export function isStoryBattle(battleId: string): boolean {
  return battleId.startsWith(STORY) && battleId.length > ID_LETTERS;
}

/**
 * `busy`: the character waits for a duel or fights elsewhere. `ended`: this battle has been fought.
 * `draining`: an operator drains the arena. `not_ready`: the character has no session, or
 * the battle cannot be made now.
 */
export type WildBattleReply = 'fights' | 'busy' | 'ended' | 'draining' | 'not_ready';

/** Battles against monsters, for those who meet them. */
export interface WildBattles {
  /**
   * Seats the character and starts the battle with this id. A repeated call, also by another
   * process, leads to the same battle. Whatever process makes the battle, it begins with the
   * character's present vitals.
   */
  start(charId: number, encounter: Encounter): Promise<WildBattleReply>;
}
