import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import {
  type ArchivedBattle,
  type BattleArchive,
  type BattlePage,
  DamagedBattleError,
  type PageWish,
} from './battle-archive.ts';

/** The archive cannot be asked just now. */
export class ArchiveAwayError extends Error {
  override readonly name = 'ArchiveAwayError';
}

export interface ArchiveReaderDeps {
  readonly archive: Pick<BattleArchive, 'find' | 'listOf'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** An archive that has just failed is left alone: nobody's tap waits for its time-outs in turn. */
const REST_MS = 5_000;

/** Reads the archive. While that is away it raises ArchiveAwayError, and says so in the log once. */
export class ArchiveReader implements Pick<BattleArchive, 'find' | 'listOf'> {
  readonly #deps: ArchiveReaderDeps;
  #restsUntilMs = -Infinity;
  #isAway = false;

  constructor(deps: ArchiveReaderDeps) {
    this.#deps = deps;
  }

  find(id: string): Promise<ArchivedBattle | null> {
    return this.#ask(() => this.#deps.archive.find(id));
  }

  listOf(charId: number, wish: PageWish): Promise<BattlePage> {
    return this.#ask(() => this.#deps.archive.listOf(charId, wish));
  }

  async #ask<T>(question: () => Promise<T>): Promise<T> {
    if (this.#deps.clock.now() < this.#restsUntilMs) throw new ArchiveAwayError();
    try {
      const answer = await question();
      this.#noteBack();
      return answer;
    } catch (error) {
      // Of one battle only: the archive itself has answered.
      if (error instanceof DamagedBattleError) throw error;
      throw this.#noteAway(error);
    }
  }

  #noteBack(): void {
    if (this.#isAway) this.#deps.log.info({}, 'battles can be read again');
    this.#isAway = false;
  }

  #noteAway(error: unknown): ArchiveAwayError {
    const { clock, log } = this.#deps;
    this.#restsUntilMs = clock.now() + REST_MS;
    if (!this.#isAway) log.error({ err: error }, 'battles cannot be read just now');
    this.#isAway = true;
    return new ArchiveAwayError('The archive cannot be asked just now', { cause: error });
  }
}
