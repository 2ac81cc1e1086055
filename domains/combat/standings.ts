import type { AchievementKey } from '../../resources/numbers/achievements.ts';
import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { LogOnce } from '../core/log-once.ts';
import type { Wait } from '../core/wait.ts';
import type { Side } from './battle.ts';
import type { BattleRecord } from './battle-record.ts';
import type { CharacterRating, RatingNotice } from './battle-rating.ts';
import type { RewardNotice } from './battle-reward.ts';
import type { LadderNotice, LadderReader } from './ladder-notice.ts';
import type { CharacterRecord, CharacterRecords } from './character-record.ts';

export type { AchievementKey };

export interface RewardReader {
  /** Null: the battle has not paid this side yet. */
  rewardOf(battleId: string, side: Side): Promise<RewardNotice | null>;
}

export interface RatingReader {
  /** That of a newcomer if no battle of the character was rated. */
  ratingOf(charId: number): Promise<CharacterRating>;
  /** Null: nothing is stored of this side, as of battles against the Shadow. */
  noticeOf(battleId: string, side: Side): Promise<RatingNotice | null>;
}

export interface AchievementReader {
  /** What a battle has granted to a character. */
  grantedIn(battleId: string, charId: number): Promise<readonly AchievementKey[]>;
}

/** What a fighter has before a battle against another player. */
export interface Entry {
  readonly record: CharacterRecord;
  readonly rating: CharacterRating;
}

/** What a fighter has after a battle. */
export interface Standing {
  readonly record: CharacterRecord;
  readonly reward: RewardNotice | null;
  readonly rating: RatingNotice | null;
  readonly ladder: LadderNotice | null;
  readonly achievements: readonly AchievementKey[];
}

export interface StandingsDeps {
  readonly records: CharacterRecords;
  readonly rewards: RewardReader;
  readonly ratings: RatingReader;
  readonly ladders: LadderReader;
  readonly profiles: AchievementReader;
  readonly clock: Clock;
  readonly log: Log;
  readonly wait: Wait;
}

/** A result is shown without the record after this time. */
const READ_TIMEOUT_MS = 500;

/** Records, rewards and ratings of characters for the screens before and after a battle. */
export class Standings {
  readonly #deps: StandingsDeps;
  readonly #breaker: CircuitBreaker;
  readonly #logged = new LogOnce();

  constructor(deps: StandingsDeps) {
    this.#deps = deps;
    // The archive of battles, in the same database, logs its outages.
    this.#breaker = new CircuitBreaker({ clock: deps.clock, log: deps.log, events: null });
  }

  /** null: it cannot be read now. Never rejects. */
  async beforeBattle(charId: number): Promise<Entry | null> {
    const { records, ratings } = this.#deps;
    return this.#read({ charId }, async () => {
      const read = [records.recordOf(charId), ratings.ratingOf(charId)] as const;
      const [record, rating] = await Promise.all(read);
      return { record, rating };
    });
  }

  /** null: the side is a Shadow's, or it cannot be read now. Never rejects. */
  async afterBattle({ id, sides }: BattleRecord, side: Side): Promise<Standing | null> {
    const { charId } = sides[side];
    if (charId === null) return null;
    return this.#read({ charId, battleId: id }, async () => {
      const [record, reward, rating, ladder, achievements] = await Promise.all([
        this.#deps.records.recordOf(charId),
        this.#deps.rewards.rewardOf(id, side),
        this.#deps.ratings.noticeOf(id, side),
        this.#deps.ladders.ladderOf(id, side),
        this.#deps.profiles.grantedIn(id, charId),
      ]);
      return { record, reward, rating, ladder, achievements };
    });
  }

  async #read<T>(
    facts: Readonly<Record<string, unknown>>,
    read: () => Promise<T>,
  ): Promise<T | null> {
    try {
      const called = await this.#breaker.call(() => this.#inTime(read));
      return called.kind === 'answered' ? called.value : null;
    } catch (error) {
      if (this.#logged.isFirst(String(error)))
        this.#deps.log.error({ ...facts, err: error }, 'standing not read');
      return null;
    }
  }

  async #inTime<T>(read: () => Promise<T>): Promise<T | null> {
    const { wait } = this.#deps;
    const done = new AbortController();
    const timeout = wait(READ_TIMEOUT_MS, done.signal).then(() => null);
    try {
      return await Promise.race([read(), timeout]);
    } finally {
      done.abort('ended');
    }
  }
}
