import { buildServices } from '../../bot/services.ts';
import { openStores } from '../../bot/stores.ts';
import { readSettings } from '../../bot/settings.ts';
import { systemClock, systemEntropy } from '../../bot/system.ts';
import { connectRedis } from '../../redis/connect.ts';
import { memoryRepositories } from '../../tests/support/memory-repositories.ts';
import { silentLog } from '../../tests/support/silent-log.ts';

/** The services of one process, with its announcements left out and its database in memory. */
export async function openBenchServices(url: string) {
  const redis = await connectRedis({ url, log: silentLog });
  const base = { log: silentLog, clock: systemClock, repositories: memoryRepositories() };
  const services = buildServices(redis, {
    ...base,
    ...openStores(redis, base),
    entropy: systemEntropy,
    settings: readSettings({}),
    announcer: { announce: () => undefined },
  });
  return { redis, services };
}
