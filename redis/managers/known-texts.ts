import { LRUCache } from 'lru-cache';

/** So many are remembered; the one that was not met for longest is forgotten. */
const KEPT = 2_000;

interface Known<T> {
  readonly text: string;
  readonly value: T;
}

/**
 * What stored texts were read as, so that a text that has not changed need not be read again: to
 * parse and check a battle takes longer than all else about a tap. Values must be immutable.
 */
export class KnownTexts<T> {
  readonly #known = new LRUCache<string, Known<T>>({ max: KEPT });

  /** Null unless it was this very text. */
  find(key: string, text: string): T | null {
    const known = this.#known.get(key);
    return known?.text === text ? known.value : null;
  }

  note(key: string, known: Known<T>): void {
    this.#known.set(key, known);
  }
}
