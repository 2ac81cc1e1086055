import { setTimeout as delay } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Client, Pool, type PoolClient } from 'pg';
import type { Log } from '../domains/core/log.ts';
import type { Database } from './database.ts';
import { NoConnectionError, isOutage, rootOf } from './outage.ts';
import { retryOnSerializationFailure } from './retry-on-serialization-failure.ts';
import { notMigrated, hostPortOf, reasonOf, unreachable } from './database-start-error.ts';
import { migrateUnderLock, migrationIn } from './migrate.ts';
import { serverErrorCode } from './server-error.ts';

export interface ServerOptions {
  readonly url: string;
  readonly log: Log;
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
  readonly connectTimeoutMs: number;
}

const RETRY_MS = 100;
const CLOSE_TIMEOUT_MS = 2_000;
/** So much longer than the server's own limit we wait before we take the line for dead. */
const GRACE_MS = 2_000;

/** Brings the server's tables up to date and opens connections to it, as many as are needed. */
export async function openServer(options: ServerOptions) {
  const at = hostPortOf(options.url);
  const client = await firstConnection(options, at);
  try {
    await migrateUnderLock(client);
  } catch (error) {
    throw notMigrated(at, error, await migrationIn(error));
  } finally {
    await client.end().catch(() => null);
  }
  const pool = openPool(options);
  const note = logOutages(pool, { log: options.log, at });
  const isUnavailable = (error: unknown) => {
    const away = isOutage(error);
    if (away && error instanceof Error) note(rootOf(error));
    return away;
  };
  return { db: databaseOn(pool), isUnavailable, close: () => closePool(pool) };
}

/** Waits for a server that starts beside us; raises a `DatabaseStartError` at once if it says no. */
async function firstConnection(options: ServerOptions, at: string): Promise<Client> {
  const overdue = AbortSignal.timeout(options.connectTimeoutMs);
  for (;;) {
    const client = new Client({
      connectionString: options.url,
      application_name: 'arena',
      connectionTimeoutMillis: options.connectTimeoutMs,
    });
    client.on('error', () => null);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => null);
      if (overdue.aborted || !mayPass(error)) throw unreachable(at, error);
    }
    await delay(RETRY_MS);
  }
}

/** Whether waiting may help: nobody there yet, or somebody who is still starting. */
function mayPass(error: unknown): boolean {
  const code = serverErrorCode(error);
  if (code !== null) return code === '57P03';
  return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
}

function openPool(options: ServerOptions): Pool {
  const { statementTimeoutMs, connectTimeoutMs } = options;
  return new Pool({
    connectionString: options.url,
    application_name: 'arena',
    max: options.poolSize,
    keepAlive: true,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    // A process that froze in the midst of a transaction must not hold its rows for good.
    idle_in_transaction_session_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + GRACE_MS,
  });
}

/**
 * A dead connection is an event of its own, and one that nobody listens to ends the process.
 * Answers how to tell of an outage that was met elsewhere; each is logged once.
 */
function logOutages(pool: Pool, { log, at }: { log: Log; at: string }): (error: Error) => void {
  let down = false;
  const note = (error: Error) => {
    if (!down) log.warn({ database: at, reason: reasonOf(error) }, 'PostgreSQL does not answer');
    down = true;
  };
  pool.on('error', note);
  pool.on('connect', (client) => {
    if (down) log.info({ database: at }, 'PostgreSQL answers again');
    down = false;
    // The pool listens to connections at rest only, not to those that are lent.
    client.on('error', note);
  });
  return note;
}

/**
 * Drizzle never gives a connection back on which BEGIN has failed, and gives a silent one back as
 * good: a few restarts of the server would use the pool up. So transactions are lent theirs here.
 * One that lost against others is done again: the work of a transaction is queries and nothing else.
 */
function databaseOn(pool: Pool): Database {
  const db = drizzle({ client: pool });
  db.transaction = async (work, config) =>
    retryOnSerializationFailure(async () => {
      const client = await connectionOf(pool);
      return drizzle({ client })
        .transaction(work, config)
        .then(
          (result) => givenBack(client, result),
          (error: unknown) => {
            // One that a failover has left on a read-only server is no good either.
            client.release(serverErrorCode(error) === null || isOutage(error));
            throw error;
          },
        );
    });
  return db;
}

async function connectionOf(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw new NoConnectionError(error);
  }
}

function givenBack<Result>(client: PoolClient, result: Result): Result {
  client.release();
  return result;
}

/** Lets queries under way finish, but not for long. */
async function closePool(pool: Pool): Promise<void> {
  if (pool.ending) return;
  const enough = new AbortController();
  const late = delay(CLOSE_TIMEOUT_MS, null, { signal: enough.signal }).catch(() => null);
  await Promise.race([pool.end(), late]);
  enough.abort();
}
