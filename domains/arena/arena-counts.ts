import { LRUCache } from 'lru-cache';
import type { Clock } from '../core/clock.ts';
import { type Mode, modes } from '../core/mode.ts';
import type { ArenaStore } from './arena-store.ts';

/** How busy the arena is. */
export interface ArenaCounts {
  readonly searching: number;
  /** In all modes. */
  readonly duels: number;
}

export interface CountsReaderDeps {
  readonly queues: Pick<ArenaStore, 'queueSize'>;
  readonly battles: { countRunning(): Promise<number> };
  readonly clock: Clock;
}

const FRESH_MS = 1_000;

/** Counts at most once a second, so that a search needs no reads of its own for them. */
export class CountsReader {
  readonly #deps: CountsReaderDeps;
  readonly #latest: LRUCache<Mode, ArenaCounts>;

  constructor(deps: CountsReaderDeps) {
    this.#deps = deps;
    this.#latest = new LRUCache<Mode, ArenaCounts>({
      max: modes.length,
      ttl: FRESH_MS,
      ttlResolution: 0,
      perf: deps.clock,
      fetchMethod: (mode) => this.#count(mode),
    });
  }

  read(mode: Mode): Promise<ArenaCounts> {
    return this.#latest.forceFetch(mode);
  }

  async #count(mode: Mode): Promise<ArenaCounts> {
    const { queues, battles } = this.#deps;
    const [searching, duels] = await Promise.all([queues.queueSize(mode), battles.countRunning()]);
    return { searching, duels };
  }
}
