import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { LogOnce } from '../core/log-once.ts';
import { OutageError } from '../core/outage-error.ts';
import { RefusedValueError } from '../core/refused-value-error.ts';
import type { Wait } from '../core/wait.ts';
import { type ArchivedBattle, type BattleArchive, archivedBattleOf } from './battle-archive.ts';
import type { BattleRecord } from './battle-record.ts';

export interface BattleArchiverDeps {
  readonly archive: Pick<BattleArchive, 'store'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly wait: Wait;
}

/** Players stay in the ended battle until the archive answers, or for this long. */
const STORE_TIMEOUT_MS = 1_000;

/** Saves ended battles to the archive. */
export class BattleArchiver {
  readonly #deps: BattleArchiverDeps;
  readonly #breaker: CircuitBreaker;
  readonly #logged = new LogOnce();

  constructor(deps: BattleArchiverDeps) {
    this.#deps = deps;
    this.#breaker = new CircuitBreaker({
      ...{ clock: deps.clock, log: deps.log },
      events: {
        unavailableEvent: 'battle archive unavailable',
        availableEvent: 'battle archive available again',
      },
    });
  }

  /**
   * True if nothing is left to do: the battle is saved, or the archive refuses it and always will.
   * False after an outage, a timeout or any other error: the caller tries again. Never rejects.
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
      const event = isRefused ? 'battle save refused' : 'battle save failed';
      if (this.#logged.isFirst(battle.id)) this.#deps.log.error({ ...facts, err: error }, event);
      return isRefused;
    }
  }

  /** A store that succeeds after the timeout does no harm: the next try finds the battle stored. */
  async #store(battle: ArchivedBattle): Promise<void> {
    const { archive, wait } = this.#deps;
    const done = new AbortController();
    const timeout = wait(STORE_TIMEOUT_MS, done.signal).then(() => {
      throw new OutageError(`The battle was not stored within ${STORE_TIMEOUT_MS} ms`);
    });
    try {
      await Promise.race([archive.store(battle), timeout]);
    } finally {
      done.abort();
    }
  }
}
