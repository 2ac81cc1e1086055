import type { AccountContext } from '../account/account-context.ts';
import type { Side } from '../combat/battle.ts';
import type { BattleObserver } from '../combat/battle-observer.ts';
import type { BattleRecord } from '../combat/battle-record.ts';
import { waitedMs } from '../combat/battle-session.ts';
import type { Announcer } from '../core/announcer.ts';
import { text } from '../core/text.ts';
import { duelScreen, mainMenuScreen } from './arena-screens.ts';

/** A player who has waited for the opponent this long is assumed to have left the chat. */
const ATTENTION_MS = 15_000;

/** Shows a battle to both sides, with a sound to players who probably do not watch it. */
export class BattleAnnouncer implements BattleObserver {
  readonly #announcer: Announcer;

  constructor(announcer: Announcer) {
    this.#announcer = announcer;
  }

  battleStarted(record: BattleRecord): void {
    for (const side of [0, 1] as const) this.#show(record, side, 'notify');
  }

  battleMoved(record: BattleRecord, before: BattleRecord): void {
    for (const side of [0, 1] as const) {
      const wasIdle = record.sides[side].idleTurns > before.sides[side].idleTurns;
      const hasWaited = waitedMs(record, before, side) >= ATTENTION_MS;
      this.#show(record, side, wasIdle || hasWaited ? 'notify' : 'edit');
    }
  }

  battleEnded(record: BattleRecord, side: Side, before: BattleRecord | null): void {
    const wasIdle = record.sides[side].idleTurns > 0;
    const hasWaited = before !== null && waitedMs(record, before, side) >= ATTENTION_MS;
    this.#show(record, side, wasIdle || hasWaited ? 'notify' : 'edit');
  }

  battleLost(session: AccountContext): void {
    const { user_id: userId = null } = session;
    if (userId === null) return;
    const payload = { ...mainMenuScreen(session), notice: text('battle.notice.lost') };
    this.#announcer.announce(userId, payload, 'notify');
  }

  #show(record: BattleRecord, side: Side, mode: 'edit' | 'notify'): void {
    const { userId } = record.sides[side];
    if (userId !== null) this.#announcer.announce(userId, duelScreen(record, side), mode);
  }
}
