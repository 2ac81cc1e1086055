import type { CharacterRating } from '../combat/battle-rating.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { LogOnce } from '../core/log-once.ts';
import { type ReliabilityTable, calibrated, isCalibrated } from './calibration.ts';
import { chanceOf } from './weng-lin.ts';

export interface ReliabilityReader {
  /** Of the latest rated battles; deciles without one are absent. */
  reliability(): Promise<ReliabilityTable>;
}

export interface ChancesDeps {
  readonly ratings: ReliabilityReader;
  readonly clock: Clock;
  readonly log: Log;
}

const REFRESH_MS = 300_000;

/** Chances to win, corrected by what became of earlier predictions. */
export class Chances {
  readonly #deps: ChancesDeps;
  readonly #logged = new LogOnce();
  #table: ReliabilityTable = [];
  #askedAtMs: number | null = null;

  constructor(deps: ChancesDeps) {
    this.#deps = deps;
  }

  /** Of the first to win. Does not wait for the table: the first chances of a process have none. */
  of(one: CharacterRating, other: CharacterRating) {
    void this.refresh();
    const chance = chanceOf([[one], [other]]);
    const isCorrected = isCalibrated(this.#table);
    return {
      chance: isCorrected ? calibrated(this.#table, chance) : chance,
      isCalibrated: isCorrected,
    };
  }

  /** Reads the table if that was long ago. Never rejects: an old table is better than none. */
  async refresh(): Promise<void> {
    const { clock, ratings, log } = this.#deps;
    const nowMs = clock.now();
    if (this.#askedAtMs !== null && nowMs - this.#askedAtMs < REFRESH_MS) return;
    this.#askedAtMs = nowMs;
    try {
      this.#table = await ratings.reliability();
    } catch (error) {
      if (this.#logged.isFirst(String(error)))
        log.warn({ err: error }, 'reliability table not read');
    }
  }
}
