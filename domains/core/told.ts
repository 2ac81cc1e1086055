import { LRUCache } from 'lru-cache';

/** More than this, and what was not met for longest may be told of again. */
const REMEMBERED = 1_000;

/** What the log has heard of, so that what every wave meets again is told once. */
export class Told {
  readonly #told = new LRUCache<string, true>({ max: REMEMBERED });

  isNew(event: string): boolean {
    const isNew = this.#told.get(event) !== true;
    this.#told.set(event, true);
    return isNew;
  }
}
