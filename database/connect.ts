import { hostPortOf } from './database-start-error.ts';
import type { Database } from './database.ts';
import type { Copies } from './embedded.ts';
import type { FolderLockOptions } from './folder-lock.ts';
import { type ServerOptions, openServer } from './server-pool.ts';

export interface DatabaseConnection {
  readonly engine: 'postgresql' | 'pglite';
  readonly db: Database;
  /** Whether an error means that the database cannot be reached now; an outage is logged once. */
  readonly isUnavailable: (error: unknown) => boolean;
  /** Whether an outage is known. */
  readonly isAway: () => boolean;
  /** Null where the operator makes backups: a server, or a database in memory. */
  readonly copies: Copies | null;
  /** Waits for pending queries; can be called twice. */
  close(): Promise<void>;
}

export interface DatabaseOptions extends ServerOptions, FolderLockOptions {
  /** `postgresql://…`; null is the embedded database. */
  readonly url: string | null;
  /** The folder of the embedded database; null: in memory. */
  readonly dataDir: string | null;
}

/** Connects and migrates, or raises a `DatabaseStartError` that says in one line why not and what to do. */
export async function connectDatabase(options: DatabaseOptions): Promise<DatabaseConnection> {
  const { url, dataDir, log } = options;
  if (url !== null) {
    const server = await openServer(url, options);
    log.info({ database: hostPortOf(url) }, 'database connected');
    return { engine: 'postgresql', copies: null, ...server };
  }
  // Imported late: a bot with a server needs no PGlite.
  const { openEmbedded } = await import('./embedded.ts');
  const embedded = await openEmbedded(dataDir, options);
  const event = dataDir === null ? 'database in memory' : 'embedded database opened';
  log.info({ database: 'pglite', folder: dataDir }, `no DATABASE_URL, ${event}`);
  return { engine: 'pglite', isUnavailable: () => false, isAway: () => false, ...embedded };
}
