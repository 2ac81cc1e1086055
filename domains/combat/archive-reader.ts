import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import {
  type ArchivedBattle,
  type BattleArchive,
  type BattlePage,
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

/** Reads the archive. While that is away it raises ArchiveAwayError, and says so in the log once. */
export class ArchiveReader implements Pick<BattleArchive, 'find' | 'listOf'> {
  readonly #archive: ArchiveReaderDeps['archive'];
  readonly #breaker: CircuitBreaker;

  constructor({ archive, clock, log }: ArchiveReaderDeps) {
    this.#archive = archive;
    this.#breaker = new CircuitBreaker({
      ...{ clock, log },
      words: { lost: 'battles cannot be read just now', found: 'battles can be read again' },
    });
  }

  find(id: string): Promise<ArchivedBattle | null> {
    return this.#ask(() => this.#archive.find(id));
  }

  listOf(charId: number, wish: PageWish): Promise<BattlePage> {
    return this.#ask(() => this.#archive.listOf(charId, wish));
  }

  async #ask<T>(question: () => Promise<T>): Promise<T> {
    const asked = await this.#breaker.call(question);
    if (asked.kind === 'away') throw new ArchiveAwayError('The archive cannot be asked just now');
    return asked.value;
  }
}
