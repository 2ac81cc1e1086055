import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findRedisServer, freePort } from '../support/redis-server.ts';

/**
 * A server that writes every change to its file before it answers (AOF), so that whatever it has
 * acknowledged must be there after a crash; and that can be crashed, paused and starved.
 */
export class LastingRedis {
  readonly url: string;
  /** Of the one who watches; never dropped by `dropClients`. */
  readonly client: Redis;
  readonly #binary: string;
  readonly #port: number;
  readonly #folder: string;
  #child: ChildProcess;

  private constructor(binary: string, port: number) {
    this.#binary = binary;
    this.#port = port;
    this.#folder = mkdtempSync(join(tmpdir(), 'arena-redis-'));
    this.url = `redis://127.0.0.1:${port}`;
    process.once('exit', this.#atExit);
    this.#child = this.#spawned();
    this.client = new Redis(this.url, {
      retryStrategy: () => 50,
      maxRetriesPerRequest: null,
    });
    this.client.on('error', () => null);
  }

  static async start(): Promise<LastingRedis> {
    const binary = findRedisServer();
    if (binary === null) throw new Error('There is no redis-server on the PATH: install Redis');
    const redis = new LastingRedis(binary, await freePort());
    await redis.client.ping();
    return redis;
  }

  /** Gone at once and, after so long, back with what its file holds. */
  async crash(downMs: number, wait: (ms: number) => Promise<void>): Promise<void> {
    await this.#end('SIGKILL');
    await wait(downMs);
    this.#child = this.#spawned();
    await this.client.ping();
  }

  /** Hangs with all its connections open. */
  async pause(forMs: number, wait: (ms: number) => Promise<void>): Promise<void> {
    this.#child.kill('SIGSTOP');
    await wait(forMs);
    this.#child.kill('SIGCONT');
    await this.client.ping();
  }

  async dropClients(): Promise<void> {
    await this.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  }

  /** Refuses whatever would need memory. */
  async starve(forMs: number, wait: (ms: number) => Promise<void>): Promise<void> {
    await this.client.config('SET', 'maxmemory-policy', 'noeviction');
    await this.client.config('SET', 'maxmemory', '1');
    await wait(forMs);
    await this.client.config('SET', 'maxmemory', '0');
  }

  /** Refuses every write, as a primary does that has just been replaced. */
  async demote(forMs: number, wait: (ms: number) => Promise<void>): Promise<void> {
    // With no replication data of its own it would answer nothing; a port nobody listens on keeps it so.
    await this.client.call('REPLICAOF', '127.0.0.1', '1');
    await wait(forMs);
    await this.client.call('REPLICAOF', 'NO', 'ONE');
  }

  async stop(): Promise<void> {
    process.off('exit', this.#atExit);
    this.client.disconnect();
    await this.#end('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  readonly #atExit = () => {
    this.#child.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  };

  #spawned(): ChildProcess {
    const settings = {
      port: String(this.#port),
      bind: '127.0.0.1',
      dir: this.#folder,
      save: '',
      appendonly: 'yes',
      appendfsync: 'always',
    };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    return spawn(this.#binary, args, { stdio: 'ignore' });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill(signal);
    await gone;
  }
}
