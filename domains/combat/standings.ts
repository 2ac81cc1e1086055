import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { LogOnce } from '../core/log-once.ts';
import type { Wait } from '../core/wait.ts';
import type { Side } from './battle.ts';
import type { BattleRecord } from './battle-record.ts';
import type { RewardNotice } from './battle-reward.ts';
import type { CharacterRecord, CharacterRecords } from './character-record.ts';

export interface RewardReader {
  /** Null: the battle has not paid this side yet. */
  rewardOf(battleId: string, side: Side): Promise<RewardNotice | null>;
}

/** What a fighter has after a battle. */
export interface Standing {
  readonly record: CharacterRecord;
  readonly reward: RewardNotice | null;
}

export interface StandingsDeps {
  readonly records: CharacterRecords;
  readonly rewards: RewardReader;
  readonly clock: Clock;
  readonly log: Log;
  readonly wait: Wait;
}

/** A result is shown without the record after this time. */
const READ_TIMEOUT_MS = 500;

/** Records and rewards of characters for their result screens. */
export class Standings {
  readonly #deps: StandingsDeps;
  readonly #breaker: CircuitBreaker;
  readonly #logged = new LogOnce();

  constructor(deps: StandingsDeps) {
    this.#deps = deps;
    // The archive of battles, in the same database, logs its outages.
    this.#breaker = new CircuitBreaker({ clock: deps.clock, log: deps.log, events: null });
  }

  /** null: the side is a Shadow's, or it cannot be read now. Never rejects. */
  async find({ id, sides }: BattleRecord, side: Side): Promise<Standing | null> {
    const { charId } = sides[side];
    if (charId === null) return null;
    try {
      const read = await this.#breaker.call(() => this.#read(charId, { id, side }));
      return read.kind === 'answered' ? read.value : null;
    } catch (error) {
      if (this.#logged.isFirst(String(error)))
        this.#deps.log.error({ charId, err: error }, 'standing not read');
      return null;
    }
  }

  async #read(
    charId: number,
    { id, side }: { readonly id: string; readonly side: Side },
  ): Promise<Standing | null> {
    const { records, rewards, wait } = this.#deps;
    const done = new AbortController();
    const timeout = wait(READ_TIMEOUT_MS, done.signal).then(() => null);
    try {
      const read = Promise.all([records.recordOf(charId), rewards.rewardOf(id, side)]);
      const both = read.then(([record, reward]) => ({ record, reward }));
      return await Promise.race([both, timeout]);
    } finally {
      done.abort();
    }
  }
}
