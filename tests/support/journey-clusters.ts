import type { TestProject } from 'vitest/node';
import { startCluster } from './redis-cluster.ts';
import { missingForCluster, mustHaveRedisServer } from './redis-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** An address for each worker; none without Redis. */
    readonly clusters: readonly string[] | undefined;
  }
}

/** Starts a cluster for each worker, because every journey needs an empty one. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const missing = missingForCluster();
  if (missing !== null && mustHaveRedisServer()) {
    throw new Error(`CI=true, but no ${missing} on the PATH: install Redis`);
  }
  if (missing !== null) {
    process.stdout.write(`\nSKIPPED: no journey on a cluster, no ${missing} on the PATH.\n`);
  }
  const wanted = missing === null ? project.config.maxWorkers : 0;
  const clusters = await Promise.all(Array.from({ length: wanted }, () => startCluster()));
  project.provide(
    'clusters',
    clusters.map(({ url }) => url),
  );
  return async () => {
    await Promise.all(clusters.map((cluster) => cluster.stop()));
  };
}
