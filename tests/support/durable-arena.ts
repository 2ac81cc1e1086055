import { drizzle } from 'drizzle-orm/pglite';
import { onTestFinished } from 'vitest';
import { repositoriesOn } from '../../bot/services.ts';
import { migrate } from '../../database/migrate.ts';
import { connectRedis } from '../../redis/connect.ts';
import { openArena } from './open-arena.ts';
import { emptyPglite } from './pglite-template.ts';
import { quickTiming } from './quick-timing.ts';
import { silentLog } from './silent-log.ts';

/** An arena on a database of its own, and a Redis that can be made to forget. */
export async function openDurableArena() {
  const { repositories, close } = await openEmbeddedDatabase();
  const redis = await connectRedis({ url: null, log: silentLog });
  onTestFinished(() => redis.close());
  // An embedded database holds up the whole process while it thinks: Telegram's limits pass slower.
  const open = await openArena({}, { repositories, redis, timing: quickTiming(10) });
  return {
    open,
    repositories,
    flushRedis: () => redis.client.flushall(),
    closeDatabase: close,
  };
}

/** An embedded database in memory, with its tables. */
export async function openEmbeddedDatabase() {
  const client = await emptyPglite();
  const close = async () => {
    if (!client.closed) await client.close();
  };
  onTestFinished(close);
  const db = drizzle({ client });
  await migrate(db);
  return { repositories: repositoriesOn(db, silentLog), close };
}
