import { drizzle as drizzleServer } from 'drizzle-orm/node-postgres';
import { drizzle } from 'drizzle-orm/pglite';
import { Pool } from 'pg';
import { connectDatabase } from '../../database/connect.ts';
import type { Database } from '../../database/database.ts';
import { emptyTables } from './empty-tables.ts';
import { sharedPglite } from './pglite-template.ts';
import { sharedPostgres } from './postgres-server.ts';
import { silentLog } from './silent-log.ts';
import { isOnPostgres } from './some-database.ts';

export interface CountedDatabase {
  readonly db: Database;
  takeCount(): number;
  close(): Promise<void>;
}

/** On the database that `openSomeDatabase` uses. */
export function countedDatabase(): Promise<CountedDatabase> {
  return isOnPostgres() ? countedPostgres() : countedPglite();
}

export async function countedPglite(): Promise<CountedDatabase> {
  const client = await sharedPglite();
  const counter = new Counter();
  const db = drizzle({ client, logger: counter });
  return { db, takeCount: () => counter.take(), close: () => client.close() };
}

export async function countedPostgres(): Promise<CountedDatabase> {
  const { url } = await sharedPostgres();
  await (await connectDatabase({ url, dataDir: null, log: silentLog })).close();
  const pool = new Pool({ connectionString: url, max: 10 });
  // A stopping server sends an error to connections that are still closing.
  pool.on('error', () => null);
  const counter = new Counter();
  const db = drizzleServer({ client: pool, logger: counter });
  await emptyTables(db);
  return { db, takeCount: () => counter.take(), close: () => pool.end() };
}

/** Counts statements, without those that begin and end a transaction, which drivers report or do not. */
class Counter {
  #count = 0;

  logQuery(statement: string): void {
    if (!/^(begin|commit|rollback)\b/i.test(statement)) this.#count += 1;
  }

  take(): number {
    const count = this.#count;
    this.#count = 0;
    return count;
  }
}
