import type { Log } from '../domains/core/log.ts';
import type { Database } from './database.ts';
import { hostPortOf } from './database-start-error.ts';
import { openEmbedded } from './embedded.ts';
import { openServer } from './server-pool.ts';

/** Which PostgreSQL it is: for the log, and for whoever wants to know what others can see. */
export type DatabaseEngine = 'postgresql' | 'pglite';

export interface DatabaseConnection {
  readonly engine: DatabaseEngine;
  readonly db: Database;
  /** Whether an error means that the database cannot be asked now; the log tells of it once. */
  readonly isUnavailable: (error: unknown) => boolean;
  /** Lets queries under way finish; can be called twice. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `postgresql://…`; null is the embedded database. */
  readonly url: string | null;
  /** Where the embedded database keeps its files; null: in memory, gone at the end. */
  readonly dataDir: string | null;
  readonly log: Log;
  /** How many connections to a server there may be at once. */
  readonly poolSize?: number;
  /** No query of ours runs longer than milliseconds; the server ends one that does. */
  readonly statementTimeoutMs?: number;
  /** How long a server may take to answer for the first time, and a query to get a connection. */
  readonly connectTimeoutMs?: number;
}

const POOL_SIZE = 10;
const STATEMENT_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Connects and brings the tables up to date, or raises a `DatabaseStartError` that says in one line
 * why not and what to do.
 */
export async function connectDatabase(options: DatabaseOptions): Promise<DatabaseConnection> {
  return options.url === null ? connectEmbedded(options) : connectServer(options.url, options);
}

async function connectEmbedded({ dataDir, log }: DatabaseOptions): Promise<DatabaseConnection> {
  const embedded = await openEmbedded(dataDir, log);
  log.info(
    { database: 'pglite', folder: dataDir },
    dataDir === null
      ? 'no DATABASE_URL: characters are kept in memory, and forgotten at the end'
      : `no DATABASE_URL: characters are kept in ${dataDir}`,
  );
  return { engine: 'pglite', isUnavailable: () => false, ...embedded };
}

async function connectServer(url: string, options: DatabaseOptions): Promise<DatabaseConnection> {
  const server = await openServer({
    url,
    log: options.log,
    poolSize: options.poolSize ?? POOL_SIZE,
    statementTimeoutMs: options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS,
    connectTimeoutMs: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
  });
  options.log.info({ database: hostPortOf(url) }, 'PostgreSQL is connected');
  return { engine: 'postgresql', ...server };
}
