import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setImmediate } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import type { Database } from './database.ts';
import { DatabaseStartError } from './database-start-error.ts';
import { type FolderLockOptions, isHeld, lockFolder } from './folder-lock.ts';
import { migrate } from './migrate.ts';
import { copyPreparedFiles } from './prepared-files.ts';

/** A part of the build: making these files takes seconds. Without a build PGlite makes them itself. */
const PREPARED = fileURLToPath(new URL('./prepared/pglite', import.meta.url));

/** PGlite touches all of its buffers, 160 MB by default, and the whole database has a few MB. */
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'];

interface Embedded {
  readonly db: Database;
  close(): Promise<void>;
}

/** PostgreSQL in this process with its files in `dataDir`; null: in memory. */
export async function openEmbedded(
  dataDir: string | null,
  options: FolderLockOptions,
): Promise<Embedded> {
  if (dataDir === null) return opened(await PGlite.create({ startParams }));
  const folder = resolve(dataDir);
  let unlock = () => Promise.resolve();
  try {
    unlock = await lockFolder(folder, options);
    const files = join(folder, 'pglite');
    copyPreparedFiles(PREPARED, files);
    const embedded = await opened(await PGlite.create(files, { startParams }));
    return { db: embedded.db, close: () => embedded.close().finally(unlock) };
  } catch (error) {
    await unlock();
    throw isHeld(error) ? inUse(folder) : unusable(folder, error);
  }
}

async function opened(client: PGlite): Promise<Embedded> {
  giveWay(client);
  const db = drizzle({ client });
  await migrate(db);
  const close = async () => {
    if (!client.closed) await client.close();
  };
  return { db, close };
}

/**
 * The embedded database computes on this thread and begins the next query in the same turn of the event
 * loop. Each query waits for a turn, so that a line of queries does not hold up everything else.
 */
function giveWay(client: PGlite): void {
  const query = client.query.bind(client);
  client.query = async <T>(...request: Parameters<typeof query>) => {
    await setImmediate();
    return query<T>(...request);
  };
}

function unusable(folder: string, error: unknown): DatabaseStartError {
  const [reason] = error instanceof Error ? error.message.split('\n') : [];
  return new DatabaseStartError(
    `No usable database in ${folder} (${reason ?? 'cannot be opened'}). Make the folder writable, ` +
      'name another one, or set DATABASE_URL to a PostgreSQL server.',
  );
}

function inUse(folder: string): DatabaseStartError {
  return new DatabaseStartError(
    `The embedded database in ${folder} is used by another process. Stop that one, or set ` +
      'DATABASE_URL to a PostgreSQL server, which several can share.',
  );
}
