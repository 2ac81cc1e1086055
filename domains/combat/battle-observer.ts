import type { AccountContext } from '../account/account-context.ts';
import type { Side } from './battle.ts';
import type { BattleRecord } from './battle-record.ts';

/** Told what becomes of a battle, by whomever it was caused. Never throws. */
export interface BattleObserver {
  /** It exists now. */
  battleStarted(record: BattleRecord): void;
  /** An exchange was fought, or the clock of the turn was changed. */
  battleMoved(record: BattleRecord, before: BattleRecord): void;
  /**
   * It is over for this side, who has been given back to the arena; told once for each side.
   * `before` is the battle as its end found it; null if that is not known any more.
   */
  battleEnded(record: BattleRecord, side: Side, before: BattleRecord | null): void;
  /** It is gone or cannot be read: the character of this session has been let go. */
  battleLost(session: AccountContext): void;
}
