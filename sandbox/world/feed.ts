import { randomBytes } from 'node:crypto';
import type { ChatEvent } from './journal.ts';
import type { Person } from './people-store.ts';

/** Something a watcher of the whole sandbox is told. */
export type News =
  | { readonly kind: 'chat'; readonly personId: number; readonly event: ChatEvent }
  | { readonly kind: 'person'; readonly person: Readonly<Person> }
  /** A call of the bot, as it was recorded. */
  | { readonly kind: 'call'; readonly call: object }
  /** What goes wrong from now on has changed; who wants to know what, asks. */
  | { readonly kind: 'faults' };

export interface Issue {
  readonly number: number;
  readonly news: News;
}

/** What is kept for those who come back after a break. */
const KEPT = 2000;

/** Everything that happens in the sandbox, in one order, for those who watch all of it. */
export class Feed {
  /** Another one for every sandbox: who comes back with a foreign number has missed everything. */
  readonly name = randomBytes(4).toString('hex');
  readonly #watchers = new Set<(issue: Issue) => void>();
  #issues: Issue[] = [];
  #lastNumber = 0;

  add(news: News): void {
    this.#lastNumber += 1;
    const issue = { number: this.#lastNumber, news };
    this.#issues.push(issue);
    if (this.#issues.length > 2 * KEPT) this.#issues = this.#issues.slice(-KEPT);
    for (const watch of this.#watchers) watch(issue);
  }

  get lastNumber(): number {
    return this.#lastNumber;
  }

  /** What came after this number, or null when some of it is forgotten. */
  after(number: number): readonly Issue[] | null {
    const oldest = this.#issues[0]?.number ?? this.#lastNumber + 1;
    if (number + 1 < oldest || number > this.#lastNumber) return null;
    return this.#issues.slice(number + 1 - oldest);
  }

  /** Calls back with all that comes, until the signal is aborted. */
  watch(watcher: (issue: Issue) => void, end: AbortSignal): void {
    if (end.aborted) return;
    this.#watchers.add(watcher);
    end.addEventListener('abort', () => this.#watchers.delete(watcher), { once: true });
  }

  /** The same as an address of a place in the stream: `<name>-<number>`. */
  bookmark(number: number): string {
    return `${this.name}-${number}`;
  }

  /** The number of a bookmark; null for another sandbox's, or none. */
  numberOf(bookmark: string): number | null {
    const [name, number = ''] = bookmark.split('-');
    return name === this.name && /^\d+$/.test(number) ? Number(number) : null;
  }
}
