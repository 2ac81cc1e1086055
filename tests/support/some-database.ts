import { drizzle } from 'drizzle-orm/pglite';
import { connectDatabase } from '../../database/connect.ts';
import type { Database } from '../../database/database.ts';
import { emptyTables } from './empty-tables.ts';
import { sharedPglite } from './pglite-template.ts';
import { findPostgres, sharedPostgres } from './postgres-server.ts';
import { isFullRun } from './repetitions.ts';
import { silentLog } from './silent-log.ts';

export interface SomeDatabase {
  readonly db: Database;
  /** The next one gets another connection. */
  readonly close: () => Promise<void>;
}

/** True where tests that do not depend on the database run on PostgreSQL; a full run uses the embedded one. */
export function isOnPostgres(): boolean {
  return findPostgres() !== null && !isFullRun();
}

/**
 * Migrated tables without rows: on PostgreSQL where it is installed, which takes a fraction of the processor time, and in
 * `npm run test:full` embedded. The files of a worker use one connection, one after another.
 */
export function openSomeDatabase(): Promise<SomeDatabase> {
  return isOnPostgres() ? openServer() : openEmbedded();
}

export async function someDatabase(): Promise<Database> {
  return (await openSomeDatabase()).db;
}

async function openEmbedded(): Promise<SomeDatabase> {
  const client = await sharedPglite();
  return { db: drizzle({ client }), close: () => client.close() };
}

let shared: SomeDatabase | null = null;

async function openServer(): Promise<SomeDatabase> {
  shared ??= await connected();
  await emptyTables(shared.db);
  return shared;
}

async function connected(): Promise<SomeDatabase> {
  const { url } = await sharedPostgres();
  const connection = await connectDatabase({ url, dataDir: null, log: silentLog });
  return {
    db: connection.db,
    close: () => {
      shared = null;
      return connection.close();
    },
  };
}
