import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, onTestFinished } from 'vitest';
import { findRedisServer, freePort, startRedisServer } from './redis-server.ts';

const MASTER = 'arena';
const ONLOOKER = 'looks-on';

/** A server, its replica, and a sentinel that lets the replica take over. */
export interface SentinelRedis {
  readonly url: string;
  /** The server's own address. */
  readonly master: string;
  /** The server dies; resolves once the replica has taken over and the bot has found it. */
  crash(): Promise<void>;
  /** The replica takes over from a server that goes on; resolves once the bot has gone there. */
  failOver(): Promise<void>;
  /** Resolves once the bot listens to it again. */
  restartSentinel(): Promise<void>;
}

/** For one test, with servers of its own. */
export async function openSentinelRedis(): Promise<SentinelRedis> {
  // It would wait for more replicas to serve at once.
  const master = await startRedisServer({ settings: ['--repl-diskless-sync-delay', '0'] });
  onTestFinished(() => master.stop());
  const replica = await startRedisServer({
    settings: ['--replicaof', `127.0.0.1 ${master.port}`],
  });
  onTestFinished(() => replica.stop());
  // A sentinel asks for replicas at once, and then every ten seconds.
  await served(master.url);
  const sentinel = await startSentinel(master.port);
  const hasTakenOver = async () => {
    const holder = () => sentinel.ask('GET-MASTER-ADDR-BY-NAME');
    await expect.poll(holder).toBe(`127.0.0.1,${replica.port}`);
    await found(replica.url);
  };
  return {
    url: `redis+sentinel://127.0.0.1:${sentinel.port}/${MASTER}`,
    master: master.url,
    crash: async () => {
      await caughtUp(master.url);
      await master.kill();
      await hasTakenOver();
    },
    failOver: async () => {
      await caughtUp(master.url);
      // Refused for as long as the replica is not known to be well.
      await expect.poll(() => sentinel.ask('FAILOVER')).toMatch(/OK|INPROG/);
      await hasTakenOver();
      await left(master.url);
    },
    restartSentinel: async () => {
      await sentinel.restart();
      await expect.poll(() => sentinel.clients()).toMatch(/ sub=1 /);
    },
  };
}

/** A sentinel of the server at the port, until the test is over. */
export async function startSentinel(
  masterPort: number,
  settings: readonly string[] = [],
): Promise<Sentinel> {
  const sentinel = new Sentinel(await freePort(), [
    `sentinel monitor ${MASTER} 127.0.0.1 ${masterPort} 1`,
    `sentinel down-after-milliseconds ${MASTER} 1000`,
    // So long it lets a failover take, and twice as long it waits before it tries another.
    `sentinel failover-timeout ${MASTER} 8000`,
    ...settings,
  ]);
  onTestFinished(() => sentinel.end());
  await sentinel.answers();
  return sentinel;
}

class Sentinel {
  readonly port: number;
  readonly #folder = mkdtempSync(join(tmpdir(), 'arena-sentinel-'));
  readonly #client: Redis;
  #child: ChildProcess;

  constructor(port: number, settings: readonly string[]) {
    this.port = port;
    const lines = [`port ${port}`, 'bind 127.0.0.1', ...settings];
    // It writes what it learns into the same file.
    writeFileSync(join(this.#folder, 'sentinel.conf'), lines.join('\n'));
    this.#child = this.#spawned();
    this.#client = new Redis(port, '127.0.0.1', {
      retryStrategy: () => 20,
      maxRetriesPerRequest: null,
    });
    this.#client.on('error', () => null);
  }

  /** Resolves as soon as it does. */
  async answers(): Promise<void> {
    await this.#client.ping();
  }

  /** What it says about the master; of a refusal, why. */
  async ask(...words: readonly string[]): Promise<string> {
    return this.#client.call('SENTINEL', ...words, MASTER).then(String, String);
  }

  /** Who is connected, a line each. */
  async clients(): Promise<string> {
    return String(await this.#client.client('LIST'));
  }

  async restart(): Promise<void> {
    await this.#killed();
    this.#child = this.#spawned();
    await this.answers();
  }

  async end(): Promise<void> {
    this.#client.disconnect();
    await this.#killed();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #spawned(): ChildProcess {
    const binary = findRedisServer();
    if (binary === null) throw new Error('There is no redis-server on the PATH: install Redis');
    const file = join(this.#folder, 'sentinel.conf');
    return spawn(binary, [file, '--sentinel'], { stdio: 'ignore' });
  }

  async #killed(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}

/** The server's replica has all that the server has. */
async function served(url: string): Promise<void> {
  const client = new Redis(url);
  await expect.poll(() => client.info('replication')).toContain('state=online');
  client.disconnect();
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
  const others = new RegExp(` name=(?:${ONLOOKER}|sentinel-)| flags=[SM] `);
  return lines.filter((line) => !others.test(line));
}
