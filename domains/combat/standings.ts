import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { LogOnce } from '../core/log-once.ts';
import type { Wait } from '../core/wait.ts';
import type { CharacterRecord, CharacterRecords } from './character-record.ts';

export interface StandingsDeps {
  readonly records: CharacterRecords;
  readonly clock: Clock;
  readonly log: Log;
  readonly wait: Wait;
}

/** A result is shown without the record after this time. */
const READ_TIMEOUT_MS = 500;

/** Records of characters for their result screens. */
export class Standings {
  readonly #deps: StandingsDeps;
  readonly #breaker: CircuitBreaker;
  readonly #logged = new LogOnce();

  constructor(deps: StandingsDeps) {
    this.#deps = deps;
    // The archive of battles, in the same database, logs its outages.
    this.#breaker = new CircuitBreaker({ clock: deps.clock, log: deps.log, events: null });
  }

  /** null: there is no record, or it cannot be read now. Never rejects. */
  async find(charId: number): Promise<CharacterRecord | null> {
    try {
      const read = await this.#breaker.call(() => this.#read(charId));
      return read.kind === 'answered' ? read.value : null;
    } catch (error) {
      if (this.#logged.isFirst(String(error)))
        this.#deps.log.error({ charId, err: error }, 'character record not read');
      return null;
    }
  }

  async #read(charId: number): Promise<CharacterRecord | null> {
    const { records, wait } = this.#deps;
    const done = new AbortController();
    const timeout = wait(READ_TIMEOUT_MS, done.signal).then(() => null);
    try {
      return await Promise.race([records.recordOf(charId), timeout]);
    } finally {
      done.abort();
    }
  }
}
