import type { Side } from '../combat/battle.ts';
import type { BattleRecord } from '../combat/battle-record.ts';
import type { BattleObserver } from '../combat/combat-service.ts';
import type { Announcer } from '../core/announcer.ts';
import { duelScreen } from './duel-screen.ts';

type Manner = Parameters<Announcer['announce']>[2];

/** Shows to both sides what becomes of their battle. */
export class BattleAnnouncer implements BattleObserver {
  readonly #announcer: Announcer;

  constructor(announcer: Announcer) {
    this.#announcer = announcer;
  }

  /** A battle begins in a fresh message with a sound; everything after is an edit of it. */
  battleStarted(record: BattleRecord): void {
    for (const side of [0, 1] as const) this.#show(record, side, 'fresh');
  }

  battleMoved(record: BattleRecord): void {
    for (const side of [0, 1] as const) this.#show(record, side, 'quiet');
  }

  /** Whoever was away when it ended is called by a sound. */
  battleEnded(record: BattleRecord, side: Side): void {
    this.#show(record, side, record.sides[side].idleTurns > 0 ? 'fresh' : 'quiet');
  }

  #show(record: BattleRecord, side: Side, manner: Manner): void {
    const { userId } = record.sides[side];
    if (userId !== null) this.#announcer.announce(userId, duelScreen(record, side), manner);
  }
}
