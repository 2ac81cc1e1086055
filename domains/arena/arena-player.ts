import { type AccountPlayer, finishedCharacter } from '../account/account-player.ts';
import type { BattleRecord } from '../combat/battle-record.ts';
import type { Place } from './arena-store.ts';

/** The acting user, the character they play, and where in the arena that character is. */
export interface ArenaPlayer extends AccountPlayer {
  /** The place of their character; read once per tap. */
  place(charId: number): Promise<Place>;
  /** The battle that the tap names, if their own character fights in it. Reads no session. */
  battle(): Promise<OwnBattle | null>;
}

export interface OwnBattle {
  readonly charId: number;
  readonly record: BattleRecord;
}

/** The finished character that they play and its place; null if they play none. */
export async function placeOf(player: ArenaPlayer) {
  const played = await finishedCharacter(player);
  if (played === null) return null;
  return { ...played, place: await player.place(played.charId) };
}
