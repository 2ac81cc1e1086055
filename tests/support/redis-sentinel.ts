import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, onTestFinished } from 'vitest';
import { findRedisServer, freePort, startRedisServer } from './redis-server.ts';

const MASTER = 'arena';
const ONLOOKER = 'looks-on';
/** Ten seconds between two looks would be too long for a test. */
const quick = ['INFO-PERIOD', '200'];

/** A server, its replica, and a sentinel that lets the replica take over. */
export interface WatchedRedis {
  readonly url: string;
  /** The server dies; resolves once the replica has taken over and the bot has found it. */
  crash(): Promise<void>;
  /** The replica takes over from a server that goes on; resolves once the bot has gone there. */
  relieve(): Promise<void>;
}

/** For one test, with servers of its own. */
export async function openWatchedRedis(): Promise<WatchedRedis> {
  // It would wait for more replicas to serve at once.
  const master = await startRedisServer({ settings: ['--repl-diskless-sync-delay', '0'] });
  onTestFinished(() => master.stop());
  const replica = await startRedisServer({
    settings: ['--replicaof', `127.0.0.1 ${master.port}`],
  });
  onTestFinished(() => replica.stop());
  const sentinel = await startSentinel(master.port);
  const call = async (...words: readonly string[]) => sentinel.call('SENTINEL', ...words, MASTER);
  const holder = async () => String(await call('GET-MASTER-ADDR-BY-NAME'));
  const hasTakenOver = () => expect.poll(holder).toBe(`127.0.0.1,${replica.port}`);
  await expect.poll(() => call('REPLICAS').then(String)).toContain('master-link-status,ok');
  return {
    url: `redis+sentinel://127.0.0.1:${String(sentinel.options.port)}/${MASTER}`,
    crash: async () => {
      await caughtUp(master.url);
      await master.kill();
      await hasTakenOver();
      await found(replica.url);
    },
    relieve: async () => {
      await caughtUp(master.url);
      await call('FAILOVER');
      await hasTakenOver();
      await left(master.url);
      await found(replica.url);
    },
  };
}

/** What a replica has not heard of yet goes with its master: no test of ours is about that. */
async function caughtUp(url: string): Promise<void> {
  const client = new Redis(url);
  // Waits for what was written by this client and before it.
  await client.set('caught-up', '1', 'EX', 1);
  expect(await client.wait(1, 30_000)).toBe(1);
  client.disconnect();
}

/** Whoever plays has left the server, before that was told to throw everybody out. */
async function left(url: string): Promise<void> {
  const client = new Redis(url, { connectionName: ONLOOKER });
  await expect.poll(() => players(client)).toEqual([]);
  expect(await client.info('replication')).toContain('role:master');
  client.disconnect();
}

/** Whoever plays has found the server. */
async function found(url: string): Promise<void> {
  const client = new Redis(url, { connectionName: ONLOOKER });
  await expect.poll(() => players(client)).not.toEqual([]);
  client.disconnect();
}

async function players(client: Redis): Promise<string[]> {
  const lines = String(await client.client('LIST'))
    .trim()
    .split('\n');
  return lines.filter((line) => !/ name=(?:looks-on|sentinel-)| flags=[SM] /.test(line));
}

/** It keeps what it learns in its own settings file. */
async function startSentinel(masterPort: number): Promise<Redis> {
  const folder = mkdtempSync(join(tmpdir(), 'arena-sentinel-'));
  const port = await freePort();
  const file = join(folder, 'sentinel.conf');
  const settings = [
    `port ${port}`,
    'bind 127.0.0.1',
    `sentinel monitor ${MASTER} 127.0.0.1 ${masterPort} 1`,
    `sentinel down-after-milliseconds ${MASTER} 500`,
    `sentinel failover-timeout ${MASTER} 1000`,
  ];
  writeFileSync(file, settings.join('\n'));
  const binary = findRedisServer();
  if (binary === null) throw new Error('There is no redis-server on the PATH: install Redis');
  const child = spawn(binary, [file, '--sentinel'], { stdio: 'ignore' });
  const client = new Redis(port, '127.0.0.1', { retryStrategy: () => 20 });
  client.on('error', () => null);
  onTestFinished(async () => {
    client.disconnect();
    child.kill('SIGKILL');
    await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  });
  await client.ping();
  await client.call('SENTINEL', 'DEBUG', ...quick);
  return client;
}
