import { setTimeout as delay } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Client, type ClientConfig, Pool, type PoolClient } from 'pg';
import type { Log } from '../domains/core/log.ts';
import { hostPortOf, notMigrated, unreachable } from './database-start-error.ts';
import type { Database } from './database.ts';
import { migrateUnderLock, migrationIn } from './migrate.ts';
import { NoConnectionError, isOutage } from './outage.ts';
import { OutageLog } from './outage-log.ts';
import { retryOnSerializationFailure } from './retry-on-serialization-failure.ts';
import { serverErrorCode } from './server-error.ts';

export interface ServerOptions {
  readonly log: Log;
  readonly poolSize?: number;
  /** The server cancels a query that takes longer. */
  readonly statementTimeoutMs?: number;
  /** Limits the first connection and the wait of a query for one. */
  readonly connectTimeoutMs?: number;
}

const POOL_SIZE = 10;
const STATEMENT_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 5_000;
const RETRY_MS = 100;
const CLOSE_TIMEOUT_MS = 2_000;
/** How much longer than the server's own limit we wait before we drop the connection. */
const GRACE_MS = 2_000;

type ServerConfig = ClientConfig & { readonly connectionTimeoutMillis: number };

export async function openServer(url: string, options: ServerOptions) {
  const at = hostPortOf(url);
  const config = {
    connectionString: url,
    application_name: 'arena',
    connectionTimeoutMillis: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
  };
  const client = await firstConnection(config, at);
  try {
    await migrateUnderLock(client);
  } catch (error) {
    throw notMigrated(at, error, await migrationIn(error));
  } finally {
    await client.end().catch(() => null);
  }
  const timeoutMs = options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS;
  const pool = new Pool({
    ...{ ...config, max: options.poolSize ?? POOL_SIZE, keepAlive: true },
    statement_timeout: timeoutMs,
    // A process that froze during a transaction must not hold its locks.
    idle_in_transaction_session_timeout: timeoutMs,
    query_timeout: timeoutMs + GRACE_MS,
  });
  const outages = new OutageLog({ log: options.log, at });
  logOutages(pool, outages);
  const isUnavailable = (error: unknown) => {
    const isOut = isOutage(error);
    if (isOut && error instanceof Error) outages.report(error);
    return isOut;
  };
  return { db: databaseOn(pool, outages), isUnavailable, close: () => closePool(pool) };
}

/**
 * Waits for a server that starts together with the bot; raises a `DatabaseStartError` at once if it
 * refuses the connection.
 */
async function firstConnection(config: ServerConfig, at: string): Promise<Client> {
  const overdue = AbortSignal.timeout(config.connectionTimeoutMillis);
  for (;;) {
    const client = new Client(config);
    client.on('error', () => null);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => null);
      if (overdue.aborted || !isStarting(error)) throw unreachable(at, error);
    }
    await delay(RETRY_MS);
  }
}

function isStarting(error: unknown): boolean {
  const code = serverErrorCode(error);
  if (code !== null) return code === '57P03';
  return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
}

/** Without a listener, the `error` event of a broken connection would end the process. */
function logOutages(pool: Pool, outages: OutageLog): void {
  const report = (error: Error) => {
    outages.report(error);
  };
  pool.on('error', report);
  pool.on('connect', (client) => {
    outages.connected();
    // The pool itself listens to idle connections only.
    client.on('error', report);
  });
}

/**
 * Drizzle never releases a connection whose BEGIN has failed and reuses one that timed out: a few restarts of
 * the server would exhaust the pool. So transactions get their connection here. A serialization failure is
 * retried: the work of a transaction must be queries and nothing else.
 */
function databaseOn(pool: Pool, outages: OutageLog): Database {
  const db = drizzle({ client: pool });
  db.transaction = async (work, config) =>
    retryOnSerializationFailure(async () => {
      const client = await connectionOf(pool);
      return drizzle({ client })
        .transaction(work, config)
        .then(
          (result) => {
            client.release();
            outages.committed();
            return result;
          },
          (error: unknown) => {
            // Dropped also if a failover has left it on a read-only server.
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

async function closePool(pool: Pool): Promise<void> {
  if (pool.ending) return;
  const closed = new AbortController();
  const late = delay(CLOSE_TIMEOUT_MS, null, { signal: closed.signal }).catch(() => null);
  await Promise.race([pool.end(), late]);
  closed.abort();
}
