import { Redis } from 'ioredis';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { TestPlayer } from 'telegram-sandbox/testing';
import { connectRedis } from '../../redis/connect.ts';
import { openInProcessRedis } from '../../redis/in-process-redis.ts';
import { makeCharacter, screenWith, search, surrender } from '../support/duel-steps.ts';
import { type OpenArena, openArena, loggedProblems } from '../support/open-arena.ts';
import { describeOnRedisCluster } from '../support/redis-cluster.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { openSentinelRedis } from '../support/redis-sentinel.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { silentLog } from '../support/silent-log.ts';

/** The second contains pattern characters; both begin alike. */
const PREFIXES = ['bot', 'bot:*[?\\^$.|é😀:'] as const;

/** A Redis for both bots. */
interface Shared {
  open(prefix: string): Promise<OpenArena>;
  keys(): Promise<string[]>;
}

describe('two bots of different REDIS_PREFIX (in-process stand-in)', () => {
  test('play their own duels on the keys under their prefixes', async () => {
    const inProcessName = 'two-bots-one-redis';
    await playApart({
      open: async (prefix) => {
        const redis = await connectRedis({ url: null, inProcessName, prefix, log: silentLog });
        onTestFinished(() => redis.close());
        return openArena({}, { redis });
      },
      keys: async () => (await openInProcessRedis(inProcessName)).client.keys('*'),
    });
  });
});

describeOnRedisServer('two bots of different REDIS_PREFIX', () => {
  test('play their own duels on the keys under their prefixes', async () => {
    const server = await startRedisServer();
    onTestFinished(() => server.stop());
    await playApart(sharedAt(server.url));
  });

  test('play their own duels behind sentinels', async () => {
    const { url, master } = await openSentinelRedis();
    await playApart(sharedAt(url, master));
  });
});

describeOnRedisCluster('two bots of different REDIS_PREFIX', (url) => {
  test('play their own duels on the keys under their prefixes', async () => {
    const nodes = url().replace(/^.*\/\//, '');
    await playApart(sharedAt(url(), ...nodes.split(',').map((node) => `redis://${node}`)));
  });
});

function sharedAt(url: string, ...servers: readonly string[]): Shared {
  return {
    open: (prefix) => openArena({ REDIS_URL: url, REDIS_PREFIX: prefix }),
    keys: async () => {
      const found = await Promise.all((servers.length > 0 ? servers : [url]).map(keysAt));
      return found.flat();
    },
  };
}

async function keysAt(server: string): Promise<string[]> {
  const client = new Redis(server);
  const found = await client.keys('*');
  client.disconnect();
  return found;
}

/** Both databases count characters from 1, so that without a prefix the two would collide. */
async function playApart(shared: Shared): Promise<void> {
  const [one, other] = [
    await arenaUnder(PREFIXES[0], shared),
    await arenaUnder(PREFIXES[1], shared),
  ];
  await Promise.all([
    makeCharacter(one.ann, { name: 'Ann' }),
    makeCharacter(other.ann, { name: 'Eve' }),
  ]);
  await search(one.ann);
  await screenWith(one.ann, 'arena.cancel');
  await search(other.ann);
  await screenWith(other.ann, 'arena.cancel');
  await Promise.all([finish(one, 'Bob'), finish(other, 'Dan')]);
  const found = await shared.keys();
  const count = (prefix: string) => found.filter((key) => key.startsWith(prefix)).length;
  expect(count(PREFIXES[0])).toBe(found.length);
  expect(count(PREFIXES[1])).toBeGreaterThan(10);
  expect(count(PREFIXES[1])).toBeLessThan(found.length - 10);
  expect([...loggedProblems(one.open), ...loggedProblems(other.open)]).toEqual([]);
}

interface Side {
  readonly open: OpenArena;
  readonly ann: TestPlayer;
}

async function arenaUnder(prefix: string, shared: Shared): Promise<Side> {
  const open = await shared.open(prefix);
  return { open, ann: open.newPlayer('Ann') };
}

/** A second player comes, and the first surrenders to them. */
async function finish({ open, ann }: Side, name: string): Promise<void> {
  const bob = open.newPlayer(name);
  await makeCharacter(bob, { name });
  await search(bob);
  expect((await screenWith(ann, 'battle.opponent')).text).toContain(name);
  await surrender(ann);
  await Promise.all([ann.sees(/Defeat/), bob.sees(/Victory/)]);
}
