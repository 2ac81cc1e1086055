import { drizzle } from 'drizzle-orm/pglite';
import type { Database } from '../../database/database.ts';
import { sharedPglite } from './pglite-template.ts';

export interface CountedDatabase {
  readonly db: Database;
  takeCount(): number;
  close(): Promise<void>;
}

export async function countedPglite(): Promise<CountedDatabase> {
  const client = await sharedPglite();
  const counter = new Counter();
  const db = drizzle({ client, logger: counter });
  return { db, takeCount: () => counter.take(), close: () => client.close() };
}

class Counter {
  #count = 0;

  logQuery(): void {
    this.#count += 1;
  }

  take(): number {
    const count = this.#count;
    this.#count = 0;
    return count;
  }
}
