import type { Side } from './battle.ts';
import type { League } from './league.ts';

/** What a character lacks for a place in the lists. */
export interface LadderLacks {
  readonly battles: number;
  readonly opponents: number;
  /** The latest rated battle is too long ago. */
  readonly isIdle: boolean;
}

/** Where a rated battle has left a character. */
export interface LadderNotice {
  /** In the list of the season; null: none, see `lacks`. */
  readonly place: number | null;
  readonly lacks: LadderLacks | null;
  /** null: the number is provisional. */
  readonly league: League | null;
  readonly isChampion: boolean;
  /** What became of the league in this battle; null: it stayed. */
  readonly change: 'placed' | 'promoted' | 'relegated' | null;
}

export interface LadderReader {
  /** null: the battle was not rated. */
  ladderOf(battleId: string, side: Side): Promise<LadderNotice | null>;
}
