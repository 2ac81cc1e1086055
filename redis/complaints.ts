import { LRUCache } from 'lru-cache';

/** More broken keys than this, and the one that was not met for longest may be told of again. */
const REMEMBERED = 1_000;

/** So that what is broken says so once, however often it is met. */
export class Complaints {
  readonly #told = new LRUCache<string, true>({ max: REMEMBERED });

  isNew(complaint: string): boolean {
    if (this.#told.get(complaint) === true) return false;
    this.#told.set(complaint, true);
    return true;
  }
}
