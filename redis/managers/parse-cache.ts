import { LRUCache } from 'lru-cache';

/** So many are remembered; the one that was not met for longest is forgotten. */
const MAX_ENTRIES = 2_000;

interface Entry<T> {
  readonly text: string;
  readonly value: T;
}

/**
 * What stored texts were read as, so that a text that has not changed need not be read again: to
 * parse and check a battle takes longer than all else about a tap. Values must be immutable.
 */
export class ParseCache<T> {
  readonly #entries = new LRUCache<string, Entry<T>>({ max: MAX_ENTRIES });

  /** Null unless it was this very text. */
  get(key: string, text: string): T | null {
    const known = this.#entries.get(key);
    return known?.text === text ? known.value : null;
  }

  set(key: string, known: Entry<T>): void {
    this.#entries.set(key, known);
  }
}
