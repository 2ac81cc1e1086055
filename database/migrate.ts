import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DrizzleQueryError } from 'drizzle-orm';
import { drizzle as drizzleServer } from 'drizzle-orm/node-postgres';
import { migrate as migrateServer } from 'drizzle-orm/node-postgres/migrator';
import type { PgliteDatabase } from 'drizzle-orm/pglite';
import { migrate as migrateEmbedded } from 'drizzle-orm/pglite/migrator';
import type { Client } from 'pg';
import { z } from 'zod';
import type { Log } from '../domains/core/log.ts';
import type { Wait } from '../domains/core/wait.ts';
import { DatabaseStartError } from './database-start-error.ts';

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/** An arbitrary number, the same in every process. */
export const MIGRATION_LOCK = 7_265_101;

const RETRY_MS = 250;
const WARN_AFTER_MS = 5_000;
const LOCK_TIMEOUT_MS = 60_000;

/** A migration may take long, but a process that froze in one must not hold its locks. */
const limits = `select set_config('statement_timeout', '0', true),
  set_config('lock_timeout', '${LOCK_TIMEOUT_MS}', true),
  set_config('idle_in_transaction_session_timeout', '${LOCK_TIMEOUT_MS}', true)`;

export interface MigrationOptions {
  readonly log: Log;
  readonly wait?: Wait;
}

/** One process at a time migrates; the others then find nothing to do. */
export async function migrateUnderLock(client: Client, options: MigrationOptions): Promise<void> {
  await beginLocked(client, options);
  // Drizzle's commit ends this transaction, and with it the lock.
  await migrateServer(drizzleServer({ client }), { migrationsFolder });
}

/** The lock of a transaction: a pooler may run the next one on another connection. */
async function beginLocked(
  client: Client,
  { log, wait = systemWait }: MigrationOptions,
): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += RETRY_MS) {
    await client.query(`begin; ${limits}`);
    const tried = await client.query(
      `select pg_try_advisory_xact_lock(${MIGRATION_LOCK}) as locked,
        (select min(pid) from pg_locks where locktype = 'advisory' and objid = ${MIGRATION_LOCK}) as pid`,
    );
    const { locked, pid } = triedSchema.parse(tried.rows[0]);
    if (locked) return;
    await client.query('rollback');
    if (waitedMs === WARN_AFTER_MS) log.warn({ waitedMs, pid }, 'waiting for migration lock');
    if (waitedMs >= LOCK_TIMEOUT_MS) throw lockHeld(pid);
    await wait(RETRY_MS);
  }
}

const systemWait: Wait = (ms) => delay(ms);

const triedSchema = z.object({ locked: z.boolean(), pid: z.int().nullable() });

function lockHeld(pid: number | null): DatabaseStartError {
  return new DatabaseStartError(
    `Another process has held the migration lock for ${LOCK_TIMEOUT_MS / 1000} s (PostgreSQL process ` +
      `${pid}). End that process, or run "select pg_terminate_backend(${pid})", and start again.`,
  );
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
