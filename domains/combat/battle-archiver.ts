import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { LogOnce } from '../core/log-once.ts';
import { RefusedValueError } from '../core/refused-value-error.ts';
import type { Wait } from '../core/wait.ts';
import { withinTime } from '../core/within-time.ts';
import { type BattleArchive, archivedBattleOf } from './battle-archive.ts';
import type { BattleRecord } from './battle-record.ts';

export interface BattleArchiverDeps {
  readonly archive: Pick<BattleArchive, 'store'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly wait: Wait;
}

/**
 * Players stay in the ended battle until the archive answers, or for this long. A store that succeeds
 * later does no harm: the next try finds the battle stored.
 */
const STORE_TIMEOUT_MS = 1_000;

/** Saves ended battles to the archive. */
export class BattleArchiver {
  readonly #deps: BattleArchiverDeps;
  readonly #breaker: CircuitBreaker;
  readonly #logged = new LogOnce();

  constructor(deps: BattleArchiverDeps) {
    this.#deps = deps;
    this.#breaker = new CircuitBreaker({
      clock: deps.clock,
      log: deps.log,
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
    const { archive, wait } = this.#deps;
    try {
      const store = () => withinTime(archive.store(battle), { limitMs: STORE_TIMEOUT_MS, wait });
      const stored = await this.#breaker.call(store, facts);
      return stored.kind === 'answered';
    } catch (error) {
      const isRefused = error instanceof RefusedValueError;
      const event = isRefused ? 'battle save refused' : 'battle save failed';
      if (this.#logged.isFirst(battle.id)) this.#deps.log.error({ ...facts, err: error }, event);
      return isRefused;
    }
  }
}
