import { onTestFinished } from 'vitest';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { systemTiming } from '../../bot/timing.ts';
import type { Clock } from '../../domains/core/clock.ts';
import type { Wait } from '../../domains/core/wait.ts';
import { connectRedis } from '../../redis/connect.ts';
import { FixedClock } from './clock.ts';
import { hasFaults } from './fault-profile.ts';
import { openArena } from './open-arena.ts';
import { quickTiming } from './quick-timing.ts';
import { silentLog } from './silent-log.ts';
import { openSomeDatabase } from './some-database.ts';

/** On a busy machine a result waits ten times longer for the database than in production. */
export const patientWait: Wait = (ms, signal) => systemTiming.wait(10 * ms, signal);

/** An arena on a database, with a Redis that the test can empty. */
export async function openDurableArena(env: Readonly<Record<string, string>> = {}) {
  const clock = new FixedClock();
  const { db, repositories, close } = await openSomeRepositories(clock);
  const redis = await connectRedis({ url: null, log: silentLog });
  onTestFinished(() => redis.close());
  // Slower under faults: a photo is retried for some seconds of Telegram's time only.
  const timing = quickTiming(hasFaults() ? 10 : 50);
  const ports = { repositories, redis, clock, timing, wait: patientWait };
  const open = { ...(await openArena(env, ports)), clock };
  return {
    open,
    db,
    repositories,
    redis,
    flushRedis: () => redis.client.flushall(),
    closeDatabase: close,
  };
}

/** Repositories on a database, which the test may close. */
export async function openSomeRepositories(clock?: Clock) {
  const { db, close } = await openSomeDatabase();
  return { db, repositories: repositoriesOn(db, silentLog, clock), close };
}
