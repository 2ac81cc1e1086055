import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, onTestFinished } from 'vitest';
import { findRedisServer, freePort, startRedisServer } from './redis-server.ts';

const MASTER = 'arena';
const OBSERVER = 'test-observer';

export interface SentinelRedis {
  readonly url: string;
  readonly master: string;
  /** Kills the server; resolves once the replica is primary and the bot is connected to it. */
  crash(): Promise<void>;
  /** Promotes the replica while the server runs; resolves once the bot is connected to the new primary only. */
  failOver(): Promise<void>;
  /** Resolves once the bot is subscribed again. */
  restartSentinel(): Promise<void>;
}

/** Its servers stop after the test. */
export async function openSentinelRedis(): Promise<SentinelRedis> {
  // By default it waits for further replicas before it sends the data.
  const master = await startRedisServer({ settings: ['--repl-diskless-sync-delay', '0'] });
  onTestFinished(() => master.stop());
  const replica = await startRedisServer({
    settings: ['--replicaof', `127.0.0.1 ${master.port}`],
  });
  onTestFinished(() => replica.stop());
  // A sentinel looks for replicas at its start, and then only every ten seconds.
  await waitForReplica(master.url);
  const sentinel = await startSentinel(master.port);
  const waitForFailOver = async () => {
    const primary = () => sentinel.ask('GET-MASTER-ADDR-BY-NAME');
    await expect.poll(primary).toBe(`127.0.0.1,${replica.port}`);
    await waitForPlayers(replica.url);
  };
  return {
    url: `redis+sentinel://127.0.0.1:${sentinel.port}/${MASTER}`,
    master: master.url,
    crash: async () => {
      await waitForReplication(master.url);
      await master.kill();
      await waitForFailOver();
    },
    failOver: async () => {
      await waitForReplication(master.url);
      // Refused until the sentinel knows that the replica is healthy.
      await expect.poll(() => sentinel.ask('FAILOVER')).toMatch(/OK|INPROG/);
      await waitForFailOver();
      await waitForNoPlayers(master.url);
    },
    restartSentinel: async () => {
      await sentinel.restart();
      await expect.poll(() => sentinel.clients()).toMatch(/ sub=1 /);
    },
  };
}

/** A sentinel for the server at the port; it stops after the test. */
export async function startSentinel(
  masterPort: number,
  settings: readonly string[] = [],
): Promise<Sentinel> {
  const sentinel = new Sentinel(await freePort(), [
    `sentinel monitor ${MASTER} 127.0.0.1 ${masterPort} 1`,
    `sentinel down-after-milliseconds ${MASTER} 1000`,
    // The time for a failover; another attempt starts after twice that.
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
    // The sentinel rewrites this file.
    writeFileSync(join(this.#folder, 'sentinel.conf'), lines.join('\n'));
    this.#child = this.#spawn();
    this.#client = new Redis(port, '127.0.0.1', {
      retryStrategy: () => 20,
      maxRetriesPerRequest: null,
    });
    this.#client.on('error', () => null);
  }

  async answers(): Promise<void> {
    await this.#client.ping();
  }

  /** The reply to a SENTINEL command about the master, or the error's text. */
  async ask(...words: readonly string[]): Promise<string> {
    return this.#client.call('SENTINEL', ...words, MASTER).then(String, String);
  }

  async clients(): Promise<string> {
    return String(await this.#client.client('LIST'));
  }

  async restart(): Promise<void> {
    await this.#kill();
    this.#child = this.#spawn();
    await this.answers();
  }

  async end(): Promise<void> {
    this.#client.disconnect();
    await this.#kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #spawn(): ChildProcess {
    const binary = findRedisServer();
    if (binary === null) throw new Error('no redis-server on the PATH: install Redis');
    const file = join(this.#folder, 'sentinel.conf');
    return spawn(binary, [file, '--sentinel'], { stdio: 'ignore' });
  }

  async #kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }
}

async function waitForReplica(url: string): Promise<void> {
  const client = new Redis(url);
  await expect.poll(() => client.info('replication')).toContain('state=online');
  client.disconnect();
}

/** Resolves once the replica has all writes; those that it misses would be lost with the server. */
async function waitForReplication(url: string): Promise<void> {
  const client = new Redis(url);
  // WAIT covers writes of its own client, and all before them.
  await client.set('caught-up', '1', 'EX', 1);
  expect(await client.wait(1, 30_000)).toBe(1);
  client.disconnect();
}

/** The bot must have left by itself, before the old primary becomes a replica and drops clients. */
async function waitForNoPlayers(url: string): Promise<void> {
  const client = new Redis(url, { connectionName: OBSERVER });
  await expect.poll(() => players(client)).toEqual([]);
  expect(await client.info('replication')).toContain('role:master');
  client.disconnect();
}

async function waitForPlayers(url: string): Promise<void> {
  const client = new Redis(url, { connectionName: OBSERVER });
  await expect.poll(() => players(client)).not.toEqual([]);
  client.disconnect();
}

async function players(client: Redis): Promise<string[]> {
  const lines = String(await client.client('LIST'))
    .trim()
    .split('\n');
  const others = new RegExp(` name=(?:${OBSERVER}|sentinel-)| flags=[SM] `);
  return lines.filter((line) => !others.test(line));
}
