import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import {
  type ArchivedBattle,
  type BattleArchive,
  type BattlePage,
  type PageRequest,
} from './battle-archive.ts';

/** The archive cannot be asked just now. */
export class ArchiveUnavailableError extends Error {
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
      events: {
        unavailableEvent: 'battles cannot be read just now',
        availableEvent: 'battles can be read again',
      },
    });
  }

  find(id: string): Promise<ArchivedBattle | null> {
    return this.#ask(() => this.#archive.find(id));
  }

  listOf(charId: number, wish: PageRequest): Promise<BattlePage> {
    return this.#ask(() => this.#archive.listOf(charId, wish));
  }

  async #ask<T>(question: () => Promise<T>): Promise<T> {
    const asked = await this.#breaker.call(question);
    if (asked.kind === 'unavailable')
      throw new ArchiveUnavailableError('The archive cannot be asked just now');
    return asked.value;
  }
}
