import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { type BattleArchive, archivedBattleOf } from './battle-archive.ts';
import type { BattleRecord } from './battle-record.ts';

export interface BattleKeeperDeps {
  readonly archive: Pick<BattleArchive, 'store'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Writes ended battles down for good; while the archive is away, whoever asks must come again. */
export class BattleKeeper {
  readonly #archive: BattleKeeperDeps['archive'];
  readonly #breaker: CircuitBreaker;

  constructor({ archive, clock, log }: BattleKeeperDeps) {
    this.#archive = archive;
    const lost = 'a battle could not be written down yet';
    this.#breaker = new CircuitBreaker({
      ...{ clock, log },
      words: { lost, found: 'battles are written down again' },
    });
  }

  /** True once the battle is written down, by whomever. Never rejects. */
  async keep(record: BattleRecord): Promise<boolean> {
    const battle = archivedBattleOf(record);
    if (battle === null) return true;
    const stored = await this.#breaker.call(() => this.#archive.store(battle), {
      battleId: battle.id,
    });
    return stored.kind === 'answered';
  }
}
