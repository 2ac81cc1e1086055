import { LRUCache } from 'lru-cache';

/** Beyond so many events the least recently seen one may be logged again. */
const REMEMBERED = 1_000;

/** Remembers which events have been logged, so that one that recurs every second is logged once. */
export class LogOnce {
  readonly #logged = new LRUCache<string, true>({ max: REMEMBERED });

  /** True the first time. */
  isFirst(event: string): boolean {
    const isNew = this.#logged.get(event) !== true;
    this.#logged.set(event, true);
    return isNew;
  }
}
