import { boundedMap } from '../../domains/core/bounded-map.ts';

const MAX_ENTRIES = 2_000;

interface Entry<T> {
  readonly text: string;
  readonly value: T;
}

/**
 * Parsed values by key, valid while the stored text is the same: to parse and check a battle takes
 * longer than the rest of a tap. Values must be immutable.
 */
export class ParseCache<T> {
  readonly #entries = boundedMap<string, Entry<T>>(MAX_ENTRIES);

  /** Null unless the value was parsed from this very text. */
  get(key: string, text: string): T | null {
    const entry = this.#entries.get(key);
    return entry?.text === text ? entry.value : null;
  }

  /** The value of the last text. */
  last(key: string): T | null {
    return this.#entries.get(key)?.value ?? null;
  }

  set(key: string, entry: Entry<T>): void {
    this.#entries.set(key, entry);
  }
}
