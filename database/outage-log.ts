import type { Log } from '../domains/core/log.ts';
import { reasonOf } from './database-start-error.ts';
import { refusesWrites, rootOf } from './outage.ts';

/** Logs each outage of a server once, at its start and at its end. */
export class OutageLog {
  readonly #log: Log;
  readonly #database: string;
  #down: 'connection' | 'writes' | null = null;
  #reports = 0;

  constructor({ log, at }: { readonly log: Log; readonly at: string }) {
    this.#log = log;
    this.#database = at;
  }

  get isDown(): boolean {
    return this.#down !== null;
  }

  /** How many failures were reported so far; see `committed`. */
  get reports(): number {
    return this.#reports;
  }

  report(error: Error): void {
    this.#reports += 1;
    const facts = { database: this.#database, reason: reasonOf(rootOf(error)) };
    if (this.#down === null) this.#log.warn(facts, 'database unavailable');
    if (this.#down !== 'writes') this.#down = refusesWrites(error) ? 'writes' : 'connection';
  }

  /** A new connection proves nothing about a full disk or a read-only server; `since` as in `committed`. */
  connected(since: number): void {
    if (this.#down === 'connection') this.committed(since);
  }

  /** `since`: the reports when the work began; work that began before a failure proves nothing. */
  committed(since: number): void {
    if (since < this.#reports) return;
    if (this.#down !== null)
      this.#log.info({ database: this.#database }, 'database available again');
    this.#down = null;
  }
}
