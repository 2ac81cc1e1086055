import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, test } from 'vitest';
import { openInProcessRedis } from '../../redis/in-process-redis.ts';
import {
  type RunningRedis,
  findRedisServer,
  mustHaveRedisServer,
  startRedisServer,
} from './redis-server.ts';

export interface RedisUnderTest {
  readonly clients: readonly Redis[];
  readonly client: Redis;
}

interface Opened extends RedisUnderTest {
  close(): Promise<void>;
}

/**
 * Runs the same tests on the in-process stand-in and on a real `redis-server`. Without a server the
 * second run is skipped or, if CI=true, fails. The body has to empty the database.
 */
export function describeOnEachRedis(
  title: string,
  clients: number,
  body: (redis: () => RedisUnderTest) => void,
): void {
  describe(`${title} (in-process stand-in)`, () => {
    within(() => openStandIn(clients), body);
  });
  describeOnRedisServer(title, () => {
    within(() => openServer(clients), body);
  });
}

/** The same for tests that connect by an address, null for in-process; it is empty before each test. */
export function describeOnEachRedisUrl(
  title: string,
  body: (url: () => string | null) => void,
): void {
  describe(`${title} (in-process stand-in)`, () => {
    body(() => null);
  });
  describeOnRedisServer(title, () => {
    let server: RunningRedis | null = null;
    beforeAll(async () => {
      server = await startRedisServer();
    });
    afterAll(() => server?.stop());
    beforeEach(async () => {
      const client = new Redis(server?.port ?? 0);
      await client.flushall();
      client.disconnect();
    });
    body(() => server?.url ?? null);
  });
}

/** Runs tests that need a real server; skipped or failed as above without one. */
export function describeOnRedisServer(title: string, body: () => void): void {
  const name = `${title} (redis-server)`;
  if (findRedisServer() !== null) {
    describe(name, body);
  } else if (mustHaveRedisServer()) {
    test(name, () => {
      throw new Error('CI=true, but no redis-server on the PATH: install Redis');
    });
  } else {
    test.skip(`${name}: skipped, no redis-server on the PATH`);
  }
}

function within(open: () => Promise<Opened>, body: (redis: () => RedisUnderTest) => void): void {
  let opened: Opened | null = null;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened?.close());
  body(() => {
    if (opened === null) throw new Error('Redis is opened by beforeAll');
    return opened;
  });
}

async function openStandIn(count: number): Promise<Opened> {
  const name = `engines-${String(process.pid)}-${String(performance.now())}`;
  const clients = await Promise.all(
    Array.from({ length: count }, async () => (await openInProcessRedis(name)).client),
  );
  return { ...underTest(clients), close: () => closeAll(clients) };
}

async function openServer(count: number): Promise<Opened> {
  const server = await startRedisServer();
  const clients = Array.from({ length: count }, () => new Redis(server.url));
  const close = async () => {
    await closeAll(clients);
    await server.stop();
  };
  return { ...underTest(clients), close };
}

function underTest(clients: readonly Redis[]): RedisUnderTest {
  const [client] = clients;
  if (client === undefined) throw new Error('at least one client is needed');
  return { clients, client };
}

async function closeAll(clients: readonly Redis[]): Promise<void> {
  for (const client of clients) await client.flushall().then(() => client.quit());
}
