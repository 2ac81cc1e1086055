import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, test } from 'vitest';
import {
  type RunningRedis,
  missingForCluster,
  mustHaveRedisServer,
  stablePort,
  startRedisServer,
} from './redis-server.ts';
import { isFullRun } from './repetitions.ts';

const MASTERS = 3;

export interface RunningCluster {
  readonly url: string;
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** Runs tests on a cluster of three masters in `npm run test:full`; without Redis they are skipped or, if CI=true, fail. */
export function describeOnRedisCluster(title: string, body: (url: () => string) => void): void {
  if (!isFullRun()) return;
  const name = `${title} (cluster of ${MASTERS})`;
  const missing = missingForCluster();
  if (missing === null) {
    describe(name, () => {
      let cluster: RunningCluster | null = null;
      beforeAll(async () => {
        cluster = await startCluster();
      }, 60_000);
      afterAll(() => cluster?.stop());
      beforeEach(() => cluster?.flush());
      body(() => cluster?.url ?? '');
    });
  } else if (mustHaveRedisServer()) {
    test(name, () => {
      throw new Error(`CI=true, but no ${missing} on the PATH: install Redis`);
    });
  } else {
    test.skip(`${name}: skipped, no ${missing} on the PATH`);
  }
}

export async function flushCluster(url: string): Promise<void> {
  const nodes = url.replace(/^.*\/\//, '').split(',');
  await Promise.all(
    nodes.map(async (node) => {
      const client = new Redis(`redis://${node}`);
      await client.flushall();
      client.disconnect();
    }),
  );
}

export async function startCluster(): Promise<RunningCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'arena-cluster-'));
  const nodes: RunningRedis[] = [];
  while (nodes.length < MASTERS) nodes.push(await startNode(folder));
  const hosts = nodes.map(({ port }) => `127.0.0.1:${port}`);
  execFileSync('redis-cli', ['--cluster', 'create', ...hosts, '--cluster-yes'], {
    stdio: 'ignore',
  });
  const clients = nodes.map(({ port }) => new Redis(port, '127.0.0.1'));
  for (const client of clients) await waitUntilReady(client);
  return {
    url: `redis+cluster://${hosts.join(',')}`,
    flush: async () => {
      await Promise.all(clients.map((client) => client.flushall()));
    },
    stop: async () => {
      for (const client of clients) client.disconnect();
      await Promise.all(nodes.map((node) => node.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Another process may have taken a port meanwhile, that of the cluster bus as well. */
async function startNode(folder: string, tries = 5): Promise<RunningRedis> {
  const port = await stablePort();
  const file = join(folder, `nodes-${port}.conf`);
  const settings = ['--cluster-enabled', 'yes', '--cluster-config-file', file];
  try {
    return await startRedisServer({ port, settings });
  } catch (error) {
    if (tries === 1) throw error;
    return startNode(folder, tries - 1);
  }
}

/** Resolves once the node knows the owner of every slot. */
async function waitUntilReady(client: Redis): Promise<void> {
  while (!/cluster_state:ok/.test(await client.cluster('INFO'))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
