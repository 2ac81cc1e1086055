import { randomBytes } from 'node:crypto';
import type { ChatEvent } from './chat-event-log.ts';
import type { Person } from './people-store.ts';

/** An event anywhere in the sandbox. */
export type FeedEvent =
  | { readonly kind: 'chat'; readonly personId: number; readonly event: ChatEvent }
  | { readonly kind: 'person'; readonly person: Readonly<Person> }
  /** A recorded call of the bot. */
  | { readonly kind: 'call'; readonly call: object }
  /** Faults or limits have changed; the listener fetches them. */
  | { readonly kind: 'faults' }
  /** The bot has started. */
  | { readonly kind: 'bot' };

export interface FeedEntry {
  readonly number: number;
  readonly event: FeedEvent;
}

/** Stored for listeners that reconnect. */
const MAX_ENTRIES = 2000;

/** All events of the sandbox in order. */
export class Feed {
  /** Random, so that a cursor of an earlier sandbox is recognised. */
  readonly id = randomBytes(4).toString('hex');
  readonly #watchers = new Set<(entry: FeedEntry) => void>();
  #entries: FeedEntry[] = [];
  #lastNumber = 0;

  add(event: FeedEvent): void {
    this.#lastNumber += 1;
    const entry = { number: this.#lastNumber, event };
    this.#entries.push(entry);
    if (this.#entries.length > 2 * MAX_ENTRIES) this.#entries = this.#entries.slice(-MAX_ENTRIES);
    for (const watch of this.#watchers) watch(entry);
  }

  get lastNumber(): number {
    return this.#lastNumber;
  }

  /** The entries after this number, or null when some of them are no longer stored. */
  after(number: number): readonly FeedEntry[] | null {
    const oldest = this.#entries[0]?.number ?? this.#lastNumber + 1;
    if (number + 1 < oldest || number > this.#lastNumber) return null;
    return this.#entries.slice(number + 1 - oldest);
  }

  /** Calls back with every new entry until the signal is aborted. */
  watch(watcher: (entry: FeedEntry) => void, end: AbortSignal): void {
    if (end.aborted) return;
    this.#watchers.add(watcher);
    end.addEventListener('abort', () => this.#watchers.delete(watcher), { once: true });
  }

  /** A place in the feed as text: `<id>-<number>`. */
  cursor(number: number): string {
    return `${this.id}-${number}`;
  }

  /** The number in a cursor; null when it is malformed or from another sandbox. */
  numberAt(cursor: string): number | null {
    const [id, number = ''] = cursor.split('-');
    return id === this.id && /^\d+$/.test(number) ? Number(number) : null;
  }
}
