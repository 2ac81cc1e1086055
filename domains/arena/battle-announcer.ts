import type { AccountContext } from '../account/account-context.ts';
import type { Side } from '../combat/battle.ts';
import type { BattleObserver } from '../combat/battle-observer.ts';
import type { BattleRecord } from '../combat/battle-record.ts';
import { hasCompletedMove, otherSide, waitedMs } from '../combat/battle-session.ts';
import { isDuel } from '../combat/side-kind.ts';
import type { Standing, Standings } from '../combat/standings.ts';
import type { Announcement, Announcer, Cause } from '../core/announcer.ts';
import { text } from '../core/text.ts';
import { duelScreen, mainMenuScreen } from './arena-screens.ts';

/** A player who has waited for the opponent this long is assumed to have left the chat. */
const ATTENTION_MS = 15_000;

interface How extends Announcement {
  readonly standing?: Standing | null;
}

/** Shows a battle to both sides, with a sound to players who probably do not watch it. */
export class BattleAnnouncer implements BattleObserver {
  readonly #announcer: Announcer;
  readonly #standings: Pick<Standings, 'afterBattle'>;

  constructor(announcer: Announcer, standings: Pick<Standings, 'afterBattle'>) {
    this.#announcer = announcer;
    this.#standings = standings;
  }

  /** Silent for a player who has just tapped to fight their Shadow or a monster. */
  battleStarted(record: BattleRecord, isTapped: boolean): void {
    const delivery = isTapped && !isDuel(record) ? 'edit' : 'notify';
    const cause = isTapped ? 'tap' : 'clock';
    for (const side of [0, 1] as const) this.#show(record, side, { delivery, cause });
  }

  battleMoved(record: BattleRecord, before: BattleRecord): void {
    const cause = causeOf(record, before);
    for (const side of [0, 1] as const) {
      const wasIdle = record.sides[side].idleTurns > before.sides[side].idleTurns;
      const hasWaited = waitedMs(record, before, side) >= ATTENTION_MS;
      this.#show(record, side, { delivery: wasIdle || hasWaited ? 'notify' : 'edit', cause });
    }
  }

  /** Only the other side needs to see it: the reply to the tap shows it to the own one. */
  choiceMade(record: BattleRecord, before: BattleRecord): void {
    for (const side of [0, 1] as const) {
      const hasSpoken = record.sides[side].emote !== before.sides[side].emote;
      if (hasSpoken || hasCompletedMove(record, before, side))
        void this.#showAmbient(record, otherSide(side));
    }
  }

  async #showAmbient(record: BattleRecord, side: Side): Promise<void> {
    const isResult = record.endedAtMs !== null;
    const standing = isResult ? await this.#standings.afterBattle(record, side) : null;
    this.#show(record, side, { delivery: 'ambient', cause: 'tap', standing });
  }

  async battleEnded(record: BattleRecord, side: Side, before: BattleRecord | null): Promise<void> {
    const standing = await this.#standings.afterBattle(record, side);
    const wasIdle = record.sides[side].idleTurns > 0;
    const hasWaited = before !== null && waitedMs(record, before, side) >= ATTENTION_MS;
    const delivery = wasIdle || hasWaited ? 'notify' : 'edit';
    this.#show(record, side, { delivery, cause: causeOf(record, before), standing });
  }

  battleLost(session: AccountContext): void {
    const { user_id: userId = null } = session;
    if (userId === null) return;
    const payload = { ...mainMenuScreen(session), notice: text('battle.notice.lost') };
    this.#announcer.announce(userId, payload, { delivery: 'notify', cause: 'clock' });
  }

  #show(record: BattleRecord, side: Side, { standing = null, ...how }: How): void {
    const { userId } = record.sides[side];
    if (userId === null) return;
    this.#announcer.announce(userId, duelScreen(record, side, standing), how);
  }
}

/** A turn that ends before its time was ended by a tap. */
function causeOf(record: BattleRecord, before: BattleRecord | null): Cause {
  if (before === null) return 'clock';
  const isExtended = record.endedAtMs === null && record.battle.turn === before.battle.turn;
  const movedAtMs = record.endedAtMs ?? record.turnStartedAtMs;
  return !isExtended && movedAtMs < before.turnEndsAtMs ? 'tap' : 'clock';
}
