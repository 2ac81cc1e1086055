import type { AccountContext } from '../account/account-context.ts';
import type { Side } from '../combat/battle.ts';
import type { BattleRecord } from '../combat/battle-record.ts';
import { waitedMs } from '../combat/battle-session.ts';
import type { BattleObserver } from '../combat/battle-observer.ts';
import type { Announcer } from '../core/announcer.ts';
import { text } from '../core/text.ts';
import { mainMenuScreen } from './arena-screens.ts';
import { duelScreen } from './duel-screen.ts';

type Manner = Parameters<Announcer['announce']>[2];

/** Who has waited so long for the other's move has looked away by now. */
const LOOKED_AWAY_MS = 15_000;

/** Shows to both sides what becomes of their battle. */
export class BattleAnnouncer implements BattleObserver {
  readonly #announcer: Announcer;

  constructor(announcer: Announcer) {
    this.#announcer = announcer;
  }

  /** A battle begins in a fresh message with a sound; what follows is an edit of it. */
  battleStarted(record: BattleRecord): void {
    for (const side of [0, 1] as const) this.#show(record, side, 'notify');
  }

  /** It is both sides' turn again. Who has slept through the last one, or looked away, is called. */
  battleMoved(record: BattleRecord, before: BattleRecord): void {
    for (const side of [0, 1] as const) {
      const slept = record.sides[side].idleTurns > before.sides[side].idleTurns;
      const lookedAway = waitedMs(record, before, side) >= LOOKED_AWAY_MS;
      this.#show(record, side, slept || lookedAway ? 'notify' : 'edit');
    }
  }

  /** Whoever was away when it ended is called by a sound. */
  battleEnded(record: BattleRecord, side: Side, before: BattleRecord | null): void {
    const slept = record.sides[side].idleTurns > 0;
    const lookedAway = before !== null && waitedMs(record, before, side) >= LOOKED_AWAY_MS;
    this.#show(record, side, slept || lookedAway ? 'notify' : 'edit');
  }

  /** Whoever looked at the battle sees the arena's door, and why. */
  battleLost(session: AccountContext): void {
    const { user_id: userId = null } = session;
    if (userId === null) return;
    const door = mainMenuScreen(session);
    this.#announcer.announce(userId, { ...door, notice: text('battle.notice.lost') }, 'notify');
  }

  #show(record: BattleRecord, side: Side, manner: Manner): void {
    const { userId } = record.sides[side];
    if (userId !== null) this.#announcer.announce(userId, duelScreen(record, side), manner);
  }
}
