import { drizzle } from 'drizzle-orm/pglite';
import { onTestFinished } from 'vitest';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { connectDatabase } from '../../database/connect.ts';
import type { Database } from '../../database/database.ts';
import type { Clock } from '../../domains/core/clock.ts';
import { connectRedis } from '../../redis/connect.ts';
import { FixedClock } from './clock.ts';
import { openArena } from './open-arena.ts';
import { emptyTables, sharedPglite } from './pglite-template.ts';
import { findPostgres, sharedPostgres } from './postgres-server.ts';
import { quickTiming } from './quick-timing.ts';
import { silentLog } from './silent-log.ts';

/** An arena on a database, with a Redis that the test can empty. */
export async function openDurableArena(env: Readonly<Record<string, string>> = {}) {
  const clock = new FixedClock();
  const { db, repositories, close } = await openSomeDatabase(clock);
  const redis = await connectRedis({ url: null, log: silentLog });
  onTestFinished(() => redis.close());
  // The embedded database blocks the process, so simulated time runs slower with it.
  const timing = quickTiming(findPostgres() === null ? 10 : 50);
  const ports = { repositories, redis, clock, timing };
  const open = { ...(await openArena(env, ports)), clock };
  return {
    ...{ open, db, repositories, redis },
    flushRedis: () => redis.client.flushall(),
    closeDatabase: close,
  };
}

/** Migrated tables without rows, on PostgreSQL where it is installed, or else embedded. */
export async function openSomeDatabase(clock?: Clock) {
  const { db, close } = await (findPostgres() === null ? openEmbedded() : openServer());
  return { db, repositories: repositoriesOn(db, silentLog, clock), close };
}

interface SomeDatabase {
  readonly db: Database;
  close(): Promise<void>;
}

async function openEmbedded(): Promise<SomeDatabase> {
  const client = await sharedPglite();
  return { db: drizzle({ client }), close: () => client.close() };
}

async function openServer(): Promise<SomeDatabase> {
  const { url } = await sharedPostgres();
  const connection = await connectDatabase({ url, dataDir: null, log: silentLog });
  onTestFinished(() => connection.close());
  await emptyTables(connection.db);
  return connection;
}
