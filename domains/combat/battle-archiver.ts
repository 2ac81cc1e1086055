import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { OutageError } from '../core/outage-error.ts';
import { RefusedValueError } from '../core/refused-value-error.ts';
import { LogOnce } from '../core/log-once.ts';
import type { Wait } from '../core/wait.ts';
import { type ArchivedBattle, type BattleArchive, archivedBattleOf } from './battle-archive.ts';
import type { BattleRecord } from './battle-record.ts';

export interface BattleArchiverDeps {
  readonly archive: Pick<BattleArchive, 'store'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly wait: Wait;
}

/** Fighters are not kept in an ended battle for longer by a database that does not answer. */
const STORE_MS = 1_000;

/** Writes ended battles down for good; while the archive is away, whoever asks must come again. */
export class BattleArchiver {
  readonly #archive: BattleArchiverDeps['archive'];
  readonly #log: Log;
  readonly #wait: Wait;
  readonly #breaker: CircuitBreaker;
  readonly #logged = new LogOnce();

  constructor({ archive, clock, log, wait }: BattleArchiverDeps) {
    this.#archive = archive;
    this.#log = log;
    this.#wait = wait;
    const unavailableEvent = 'a battle could not be written down yet';
    this.#breaker = new CircuitBreaker({
      ...{ clock, log },
      events: { unavailableEvent, availableEvent: 'battles are written down again' },
    });
  }

  /**
   * True once there is nothing left to do: it is written down, by whomever, or the archive will never
   * take it. After any other failure, and where it takes longer than a second, it is tried again.
   * Never rejects.
   */
  async save(record: BattleRecord): Promise<boolean> {
    const battle = archivedBattleOf(record);
    if (battle === null) return true;
    const facts = { battleId: battle.id };
    try {
      const stored = await this.#breaker.call(() => this.#store(battle), facts);
      return stored.kind === 'answered';
    } catch (error) {
      const isRefused = error instanceof RefusedValueError;
      const event = isRefused ? 'battle archive refused' : 'battle archive failed; retry follows';
      if (this.#logged.isFirst(battle.id)) this.#log.error({ ...facts, err: error }, event);
      return isRefused;
    }
  }

  /** What takes longer is an outage for now; it may still succeed, and then the next try finds it. */
  async #store(battle: ArchivedBattle): Promise<void> {
    const over = new AbortController();
    const late = this.#wait(STORE_MS, over.signal).then(() => {
      throw new OutageError(`The battle was not stored within ${STORE_MS} ms`);
    });
    try {
      await Promise.race([this.#archive.store(battle), late]);
    } finally {
      over.abort();
    }
  }
}
