import { setTimeout as delay } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Client, type ClientConfig, Pool, type PoolClient, type QueryConfig } from 'pg';
import { hostPortOf, notMigrated } from './database-start-error.ts';
import type { Database } from './database.ts';
import { firstConnection } from './first-connection.ts';
import { type MigrationOptions, migrateUnderLock, migrationIn } from './migrate.ts';
import { NoConnectionError, isOutage } from './outage.ts';
import { OutageLog } from './outage-log.ts';
import { retryOnSerializationFailure } from './retry-on-serialization-failure.ts';
import { serverErrorCode } from './server-error.ts';

export interface ServerOptions extends MigrationOptions {
  readonly poolSize?: number;
  /** The server cancels a query that takes longer. */
  readonly statementTimeoutMs?: number;
  /** Limits the first connection and the wait of a query for one. */
  readonly connectTimeoutMs?: number;
}

const POOL_SIZE = 10;
const STATEMENT_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 5_000;
const CLOSE_TIMEOUT_MS = 2_000;
/** How much longer than the server's own limit we wait before we drop the connection. */
const GRACE_MS = 2_000;

export async function openServer(url: string, options: ServerOptions) {
  const at = hostPortOf(url);
  const timeoutMs = options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS;
  const config = {
    connectionString: url,
    application_name: 'arena',
    connectionTimeoutMillis: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
  };
  const timeouts = {
    statement_timeout: timeoutMs,
    // A process that froze during a transaction must not hold its locks.
    idle_in_transaction_session_timeout: timeoutMs,
  };
  const { client, hasTimeouts } = await firstConnection({ config, timeouts, at });
  try {
    await migrateUnderLock(client, options);
  } catch (error) {
    throw notMigrated(at, error, await migrationIn(error));
  } finally {
    await client.end().catch(() => null);
  }
  const outages = new OutageLog({ log: options.log, at });
  const pool = new Pool({
    ...config,
    ...(hasTimeouts ? timeouts : {}),
    max: options.poolSize ?? POOL_SIZE,
    keepAlive: true,
    query_timeout: timeoutMs + GRACE_MS,
    Client: loggedClient(outages),
  });
  // Each connection reports its errors; without a listener, this event of an idle one ends the process.
  pool.on('error', () => null);
  const isUnavailable = (error: unknown) => {
    const isOut = isOutage(error);
    if (isOut && error instanceof Error) outages.report(error);
    return isOut;
  };
  const db = databaseOn(pool, { outages, setTimeouts: hasTimeouts ? null : timeoutsOf(timeoutMs) });
  return { db, isUnavailable, isAway: () => outages.isDown, close: () => closePool(pool) };
}

/** A connection that reports when it is open, and each of its errors. */
function loggedClient(outages: OutageLog) {
  return class extends Client {
    constructor(config?: ClientConfig) {
      super(config);
      const since = outages.reports;
      this.once('connect', () => {
        outages.connected(since);
      });
      this.on('error', (error) => {
        outages.report(error);
      });
    }
  };
}

/**
 * Drizzle never releases a connection whose BEGIN has failed and reuses one that timed out: a few restarts of
 * the server would exhaust the pool. So transactions get their connection here. A serialization failure is
 * retried: the work of a transaction must be queries and nothing else.
 */
function databaseOn(pool: Pool, { outages, setTimeouts }: DatabaseOn): Database {
  const db = drizzle({ client: setTimeouts === null ? pool : inTransactions(pool, setTimeouts) });
  db.transaction = async (work, config) =>
    retryOnSerializationFailure(async () => {
      const since = outages.reports;
      const client = await connectionOf(pool);
      return drizzle({ client })
        .transaction(async (tx) => {
          if (setTimeouts !== null) await tx.execute(setTimeouts);
          return work(tx);
        }, config)
        .then(
          (result) => {
            client.release();
            outages.committed(since);
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

interface DatabaseOn {
  readonly outages: OutageLog;
  /** Sets the timeouts of a transaction behind a pooler; null: sessions have them. */
  readonly setTimeouts: string | null;
}

function timeoutsOf(ms: number): string {
  return `select set_config('statement_timeout', '${ms}', true),
    set_config('idle_in_transaction_session_timeout', '${ms}', true)`;
}

/** The same pool, which runs each single query in a transaction with timeouts. */
function inTransactions(pool: Pool, setTimeouts: string): Pool {
  const query = async (config: QueryConfig, values: unknown[]): Promise<unknown> => {
    const client = await connectionOf(pool);
    try {
      await client.query(`begin; ${setTimeouts}`);
      const result = await client.query(config, values);
      await client.query('commit');
      client.release();
      return result;
    } catch (error) {
      client.release(true);
      throw error;
    }
  };
  return new Proxy(pool, {
    get: (target, name): unknown => (name === 'query' ? query : Reflect.get(target, name)),
  });
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
