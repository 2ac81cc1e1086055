import { shadowLevels, shadowNumbers } from '../../resources/numbers/shadow.ts';
import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Wait } from '../core/wait.ts';
import { withinTime } from '../core/within-time.ts';
import type { BattleArchive } from './battle-archive.ts';
import type { ShadowLevel } from './battle.ts';
import { levelAfter } from './shadow.ts';

export interface ShadowLevelsDeps {
  readonly archive: Pick<BattleArchive, 'countOf'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly wait: Wait;
}

/** A player who wants to fight waits no longer for the archive. */
const COUNT_TIMEOUT_MS = 1_000;
const ENOUGH = Math.max(...shadowLevels.map((level) => shadowNumbers[level].fromBattles));

/** How strong the Shadow of a character is, by the battles of the arena that it has finished. */
export class ShadowLevels {
  readonly #deps: ShadowLevelsDeps;
  readonly #breaker: CircuitBreaker;

  constructor(deps: ShadowLevelsDeps) {
    this.#deps = deps;
    const events = {
      unavailableEvent: 'shadow levels unavailable',
      availableEvent: 'shadow levels available again',
    };
    this.#breaker = new CircuitBreaker({ clock: deps.clock, log: deps.log, events });
  }

  /** null: the archive is unavailable. */
  async reachedBy(charId: number): Promise<ShadowLevel | null> {
    const { archive, wait } = this.#deps;
    const count = () =>
      withinTime(archive.countOf(charId, ENOUGH), { limitMs: COUNT_TIMEOUT_MS, wait });
    const counted = await this.#breaker.call(count, { charId });
    return counted.kind === 'answered' ? levelAfter(counted.value) : null;
  }
}
