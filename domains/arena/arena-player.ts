import { type AccountPlayer, finishedCharacter } from '../account/account-player.ts';
import type { BattleRecord } from '../combat/battle-record.ts';
import type { Place } from './arena-store.ts';

/** Whoever acts, whom they play, and where in the arena that character is. */
export interface ArenaPlayer extends AccountPlayer {
  /** Where the character that they play is. Read once for the tap. */
  place(charId: number): Promise<Place>;
  /** The battle that the tap names, if their own character fights in it; no session is read for it. */
  battle(): Promise<OwnBattle | null>;
}

export interface OwnBattle {
  readonly charId: number;
  readonly record: BattleRecord;
}

/** Where the finished character is that they play; null: they play none. */
export async function placeOf(player: ArenaPlayer) {
  const played = await finishedCharacter(player);
  if (played === null) return null;
  return { ...played, place: await player.place(played.charId) };
}
