import { LRUCache } from 'lru-cache';
import type { Clock } from '../core/clock.ts';
import type { WriteBehindQueue } from './write-behind-queue.ts';

/** Whoever taps all the time is noted once in so long: far less than anybody may be idle for. */
const RECORD_INTERVAL_MS = 60_000;
const REMEMBERED = 10_000;

/** Notes that the player of a live session is there. */
export class Presence {
  readonly #writeBehind: Pick<WriteBehindQueue, 'recordSeen'>;
  readonly #clock: Clock;
  readonly #recordedAtMs = new LRUCache<number, number>({ max: REMEMBERED });

  constructor({
    writeBehind,
    clock,
  }: {
    writeBehind: Pick<WriteBehindQueue, 'recordSeen'>;
    clock: Clock;
  }) {
    this.#writeBehind = writeBehind;
    this.#clock = clock;
  }

  async recordSeen(charId: number): Promise<void> {
    const before = this.#recordedAtMs.get(charId);
    if (before === undefined || this.#clock.now() - before >= RECORD_INTERVAL_MS)
      await this.recordOpened(charId);
  }

  /** Of a session that has just been opened the ledger may know nothing, whatever was noted before. */
  async recordOpened(charId: number): Promise<void> {
    this.#recordedAtMs.set(charId, this.#clock.now());
    await this.#writeBehind.recordSeen(charId);
  }
}
