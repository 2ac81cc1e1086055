import { drizzle } from 'drizzle-orm/pglite';
import { connectDatabase } from '../../database/connect.ts';
import type { Database } from '../../database/database.ts';
import { emptyTables, sharedPglite } from './pglite-template.ts';
import { findPostgres, sharedPostgres } from './postgres-server.ts';
import { silentLog } from './silent-log.ts';

export interface SomeDatabase {
  readonly db: Database;
  readonly close: () => Promise<void>;
}

/**
 * Migrated tables without rows, for tests of what is the same on each database: on PostgreSQL where it is installed,
 * which takes a fraction of the processor time, or else embedded.
 */
export function openSomeDatabase(): Promise<SomeDatabase> {
  return findPostgres() === null ? openEmbedded() : openServer();
}

async function openEmbedded(): Promise<SomeDatabase> {
  const client = await sharedPglite();
  return { db: drizzle({ client }), close: () => client.close() };
}

async function openServer(): Promise<SomeDatabase> {
  const { url } = await sharedPostgres();
  const connection = await connectDatabase({ url, dataDir: null, log: silentLog });
  await emptyTables(connection.db);
  return connection;
}

let shared: SomeDatabase | null = null;

/** The same, with a connection that the files of a worker use one after another. */
export async function someDatabase(): Promise<Database> {
  if (findPostgres() === null) return (await openEmbedded()).db;
  shared ??= await openServer();
  await emptyTables(shared.db);
  return shared.db;
}
