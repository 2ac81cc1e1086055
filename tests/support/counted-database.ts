import { drizzle as drizzleServer } from 'drizzle-orm/node-postgres';
import { drizzle } from 'drizzle-orm/pglite';
import { Pool } from 'pg';
import { connectDatabase } from '../../database/connect.ts';
import type { Database } from '../../database/database.ts';
import { sharedPglite } from './pglite-template.ts';
import { startPostgres } from './postgres-server.ts';
import { silentLog } from './silent-log.ts';

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

export async function countedPostgres(): Promise<CountedDatabase> {
  const server = await startPostgres();
  await (await connectDatabase({ url: server.url, dataDir: null, log: silentLog })).close();
  const pool = new Pool({ connectionString: server.url, max: 10 });
  // A stopping server sends an error to connections that are still closing.
  pool.on('error', () => null);
  const counter = new Counter();
  const db = drizzleServer({ client: pool, logger: counter });
  const close = async () => {
    await pool.end();
    await server.stop();
  };
  return { db, takeCount: () => counter.take(), close };
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
