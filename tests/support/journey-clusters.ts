import { availableParallelism } from 'node:os';
import type { TestProject } from 'vitest/node';
import { type RunningCluster, startCluster } from './redis-cluster.ts';
import { missingForCluster, mustHaveRedisServer } from './redis-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Addresses, one for each worker; none where there is no Redis on the machine. */
    readonly clusters: readonly string[] | undefined;
  }
}

/** Before the journeys on a cluster: one for each worker, for a journey wants an empty one. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const missing = missingForCluster();
  if (missing !== null && mustHaveRedisServer()) {
    throw new Error(`CI=true, but there is no ${missing} on the PATH: install Redis`);
  }
  if (missing !== null) {
    process.stdout.write(
      `\nSKIPPED: no journey on a cluster, there is no ${missing} on the PATH.\n`,
    );
  }
  const wanted = missing === null ? availableParallelism() : 0;
  const clusters: RunningCluster[] = [];
  while (clusters.length < wanted) clusters.push(await startCluster());
  project.provide(
    'clusters',
    clusters.map(({ url }) => url),
  );
  return async () => {
    await Promise.all(clusters.map((cluster) => cluster.stop()));
  };
}
