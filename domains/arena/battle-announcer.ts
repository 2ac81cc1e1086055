import type { BattleRecord } from '../combat/battle-record.ts';
import type { BattleObserver } from '../combat/combat-service.ts';
import type { Announcer } from '../core/announcer.ts';
import { duelScreen } from './duel-service.ts';

/** Shows every change of a battle to both of its sides. */
export class BattleAnnouncer implements BattleObserver {
  readonly #announcer: Announcer;

  constructor(announcer: Announcer) {
    this.#announcer = announcer;
  }

  /** A battle begins in a fresh message with a sound; everything after is an edit of it. */
  battleChanged(record: BattleRecord, change: 'started' | 'resumed' | 'moved' | 'ended'): void {
    const manner = change === 'started' ? 'fresh' : 'quiet';
    for (const side of [0, 1] as const) {
      const { userId } = record.sides[side];
      if (userId !== null) this.#announcer.announce(userId, duelScreen(record, side), manner);
    }
  }
}
