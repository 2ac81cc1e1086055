import { LRUCache } from 'lru-cache';

/** Beyond so many events the least recently seen one may be logged again. */
const REMEMBERED = 1_000;

/** Remembers which events have been logged, so that one that recurs every second is logged once. */
export class Told {
  readonly #told = new LRUCache<string, true>({ max: REMEMBERED });

  /** True the first time. */
  isNew(event: string): boolean {
    const isNew = this.#told.get(event) !== true;
    this.#told.set(event, true);
    return isNew;
  }
}
