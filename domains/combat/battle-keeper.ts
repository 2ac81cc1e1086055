import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { type BattleArchive, archivedBattleOf } from './battle-archive.ts';
import type { BattleRecord } from './battle-record.ts';

export interface BattleKeeperDeps {
  readonly archive: Pick<BattleArchive, 'store'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** An archive that has just failed is left alone: nobody's result waits for its time-outs in turn. */
const REST_MS = 5_000;

/** Writes ended battles down for good; while the archive is away, whoever asks must come again. */
export class BattleKeeper {
  readonly #deps: BattleKeeperDeps;
  #restsUntilMs = -Infinity;
  #isDown = false;

  constructor(deps: BattleKeeperDeps) {
    this.#deps = deps;
  }

  /** True once the battle is written down, by whomever. Never rejects. */
  async keep(record: BattleRecord): Promise<boolean> {
    const { archive, clock, log } = this.#deps;
    const battle = archivedBattleOf(record);
    if (battle === null) return true;
    if (clock.now() < this.#restsUntilMs) return false;
    try {
      await archive.store(battle);
      if (this.#isDown) log.info({}, 'battles are written down again');
      this.#isDown = false;
      return true;
    } catch (error) {
      this.#restsUntilMs = clock.now() + REST_MS;
      // A dead database fails for every battle: one line says it.
      if (!this.#isDown)
        log.error({ battleId: battle.id, err: error }, 'a battle could not be written down yet');
      this.#isDown = true;
      return false;
    }
  }
}
