import { drizzle } from 'drizzle-orm/pglite';
import { onTestFinished } from 'vitest';
import { repositoriesOn } from '../../bot/services.ts';
import { connectRedis } from '../../redis/connect.ts';
import { openArena } from './open-arena.ts';
import { sharedPglite } from './pglite-template.ts';
import { quickTiming } from './quick-timing.ts';
import { silentLog } from './silent-log.ts';

/** An arena on an embedded database, with a Redis that the test can empty. */
export async function openDurableArena() {
  const { repositories, close } = await openEmbeddedDatabase();
  const redis = await connectRedis({ url: null, log: silentLog });
  onTestFinished(() => redis.close());
  // The embedded database blocks the process, so simulated time runs slower.
  const open = await openArena({}, { repositories, redis, timing: quickTiming(10) });
  return {
    open,
    repositories,
    flushRedis: () => redis.client.flushall(),
    closeDatabase: close,
  };
}

/** A migrated embedded database in memory. */
export async function openEmbeddedDatabase() {
  const client = await sharedPglite();
  const db = drizzle({ client });
  return { repositories: repositoriesOn(db, silentLog), close: () => client.close() };
}
