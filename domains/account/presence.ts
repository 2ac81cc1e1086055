import { boundedMap } from '../core/bounded-map.ts';
import type { Clock } from '../core/clock.ts';
import type { WriteBehindQueue } from './write-behind-queue.ts';

export interface PresenceDeps {
  readonly writeBehind: Pick<WriteBehindQueue, 'recordSeen'>;
  readonly clock: Clock;
}

/** A player who taps all the time is recorded once a minute, which is exact enough to find idle ones. */
const RECORD_INTERVAL_MS = 60_000;
const MAX_CHARACTERS = 10_000;

/** Records when the player of a live session was last seen. */
export class Presence {
  readonly #deps: PresenceDeps;
  readonly #recordedAtMs = boundedMap<number, number>(MAX_CHARACTERS);

  constructor(deps: PresenceDeps) {
    this.#deps = deps;
  }

  async recordSeen(charId: number): Promise<void> {
    const recordedAtMs = this.#recordedAtMs.get(charId) ?? -Infinity;
    if (this.#deps.clock.now() - recordedAtMs >= RECORD_INTERVAL_MS)
      await this.recordOpened(charId);
  }

  /** Without the interval: Redis may have lost what was recorded before the session was opened. */
  async recordOpened(charId: number): Promise<void> {
    const { writeBehind, clock } = this.#deps;
    this.#recordedAtMs.set(charId, clock.now());
    await writeBehind.recordSeen(charId);
  }
}
