import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DrizzleQueryError } from 'drizzle-orm';
import { drizzle as drizzleServer } from 'drizzle-orm/node-postgres';
import { migrate as migrateServer } from 'drizzle-orm/node-postgres/migrator';
import type { PgliteDatabase } from 'drizzle-orm/pglite';
import { migrate as migrateEmbedded } from 'drizzle-orm/pglite/migrator';
import type { Client } from 'pg';

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/** An arbitrary number, the same in every process. */
const MIGRATION_LOCK = 7_265_101;

/** One process at a time migrates; the others then find nothing to do. */
export async function migrateUnderLock(client: Client): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
  try {
    await migrateServer(drizzleServer({ client }), { migrationsFolder });
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  }
}

export async function migrationIn(error: unknown): Promise<string | null> {
  if (!(error instanceof DrizzleQueryError)) return null;
  for (const file of (await readdir(migrationsFolder)).toSorted()) {
    if (!file.endsWith('.sql')) continue;
    const text = await readFile(join(migrationsFolder, file), 'utf8');
    if (text.includes(error.query)) return file.slice(0, -'.sql'.length);
  }
  return null;
}

/** Without a lock: the embedded database has one process only. */
export async function migrate(db: PgliteDatabase): Promise<void> {
  await migrateEmbedded(db, { migrationsFolder });
}
