import type { AccountContext } from '../account/account-context.ts';
import type { Side } from './battle.ts';
import type { BattleRecord } from './battle-record.ts';

/** Notified of the changes that this process makes to a battle. Never throws. */
export interface BattleObserver {
  /** `isTapped`: by a tap whose reply shows the battle as well. */
  battleStarted(record: BattleRecord, isTapped: boolean): void;
  /** An exchange was fought, or the turn was extended. */
  battleMoved(record: BattleRecord, before: BattleRecord): void;
  /** A choice was made in an exchange that goes on, which stays secret, or an emote was sent. */
  choiceMade(record: BattleRecord, before: BattleRecord): void;
  /**
   * Called once for each side, after its seat was freed. `before`: the battle before it ended; null
   * where it is not known any more.
   */
  battleEnded(record: BattleRecord, side: Side, before: BattleRecord | null): Promise<void>;
  /** The battle is missing or unreadable, and the character of this session was released. */
  battleLost(session: AccountContext): void;
}
