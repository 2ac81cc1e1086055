import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setImmediate } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import type { Database } from './database.ts';
import { DatabaseStartError } from './database-start-error.ts';
import { addCopy, listCopies } from './embedded-copies.ts';
import { filesIn, hasFiles, openClient } from './embedded-files.ts';
import { type FolderLockOptions, isHeld, lockFolder } from './folder-lock.ts';
import { migrate } from './migrate.ts';
import { copyPreparedFiles } from './prepared-files.ts';
import { openOrRecover } from './recover-embedded.ts';

/** A part of the build: making these files takes seconds. Without a build PGlite makes them itself. */
const PREPARED = fileURLToPath(new URL('./prepared/pglite', import.meta.url));

interface Embedded {
  readonly db: Database;
  /** Null in memory. */
  readonly copies: Copies | null;
  readonly close: () => Promise<void>;
}

/** The copies that a running database makes of itself in its folder. */
export interface Copies {
  /** When the newest one was made; null: there is none. */
  newestAtMs(): number | null;
  /** Its size in bytes; null: nothing has changed since the last one of this process. */
  add(atMs: number): Promise<number | null>;
}

/** PostgreSQL in this process with its files in `dataDir`; null: in memory. */
export async function openEmbedded(
  dataDir: string | null,
  options: FolderLockOptions,
): Promise<Embedded> {
  if (dataDir === null) return { ...(await opened(await openClient(null))), copies: null };
  const folder = resolve(dataDir);
  let unlock = () => Promise.resolve();
  try {
    unlock = await lockFolder(folder, options);
    const client = await openFolder(folder, options);
    const embedded = await opened(client);
    const copies = copiesOf(client, folder);
    return { db: embedded.db, copies, close: () => embedded.close().finally(unlock) };
  } catch (error) {
    await unlock();
    throw isHeld(error) ? inUse(folder) : unusable(folder, error);
  }
}

async function openFolder(folder: string, { log }: FolderLockOptions): Promise<PGlite> {
  const files = filesIn(folder);
  if (hasFiles(files) || listCopies(folder).length > 0) return openOrRecover(folder, log);
  copyPreparedFiles(PREPARED, files);
  return openClient(files);
}

/** The place in the log of changes tells whether there were any. */
function copiesOf(client: PGlite, folder: string): Copies {
  const place = async () =>
    (await client.query('select pg_current_wal_insert_lsn()::text as place')).rows;
  let copied = '';
  return {
    newestAtMs: () => listCopies(folder)[0]?.atMs ?? null,
    async add(atMs) {
      if (JSON.stringify(await place()) === copied) return null;
      const size = await addCopy(client, folder, atMs);
      copied = JSON.stringify(await place());
      return size;
    },
  };
}

async function opened(client: PGlite): Promise<Omit<Embedded, 'copies'>> {
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
  if (error instanceof DatabaseStartError) return error;
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
