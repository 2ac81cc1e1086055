import { LRUCache } from 'lru-cache';
import type { Clock } from '../core/clock.ts';
import type { SessionLedger } from './session-ledger.ts';

/** Whoever taps all the time is noted once in so long: far less than anybody may be idle for. */
const NOTED_AGAIN_MS = 60_000;
const REMEMBERED = 10_000;

/** Notes that the player of a live session is there. */
export class Presence {
  readonly #ledger: Pick<SessionLedger, 'noteSeen'>;
  readonly #clock: Clock;
  readonly #notedAtMs = new LRUCache<number, number>({ max: REMEMBERED });

  constructor({ ledger, clock }: { ledger: Pick<SessionLedger, 'noteSeen'>; clock: Clock }) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  async note(charId: number): Promise<void> {
    const before = this.#notedAtMs.get(charId);
    if (before === undefined || this.#clock.now() - before >= NOTED_AGAIN_MS)
      await this.noteOpened(charId);
  }

  /** Of a session that has just been opened the ledger may know nothing, whatever was noted before. */
  async noteOpened(charId: number): Promise<void> {
    this.#notedAtMs.set(charId, this.#clock.now());
    await this.#ledger.noteSeen(charId);
  }
}
