import { drizzle } from 'drizzle-orm/pglite';
import { onTestFinished } from 'vitest';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import type { Clock } from '../../domains/core/clock.ts';
import { connectRedis } from '../../redis/connect.ts';
import { FixedClock } from './clock.ts';
import { openArena } from './open-arena.ts';
import { sharedPglite } from './pglite-template.ts';
import { quickTiming } from './quick-timing.ts';
import { silentLog } from './silent-log.ts';

/** An arena on an embedded database, with a Redis that the test can empty. */
export async function openDurableArena(env: Readonly<Record<string, string>> = {}) {
  const clock = new FixedClock();
  const { db, repositories, close } = await openEmbeddedDatabase(clock);
  const redis = await connectRedis({ url: null, log: silentLog });
  onTestFinished(() => redis.close());
  // The embedded database blocks the process, so simulated time runs slower.
  const ports = { repositories, redis, clock, timing: quickTiming(10) };
  const open = { ...(await openArena(env, ports)), clock };
  return {
    ...{ open, db, repositories, redis },
    flushRedis: () => redis.client.flushall(),
    closeDatabase: close,
  };
}

/** A migrated embedded database in memory. */
export async function openEmbeddedDatabase(clock?: Clock) {
  const client = await sharedPglite();
  const db = drizzle({ client });
  return { db, repositories: repositoriesOn(db, silentLog, clock), close: () => client.close() };
}
