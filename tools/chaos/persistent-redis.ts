import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { findRedisServer, stablePort } from '../../tests/support/redis-server.ts';
import { withTimeout } from './timeouts.ts';

export type Sleep = (ms: number) => Promise<void>;

const UP_MS = 30_000;
const AGAIN_MS = 300;
const DOWN_MS = 15_000;
const COMMAND_MS = 20_000;
const TOLD_CHARS = 1_500;

/**
 * A server that writes every change to its file before it answers (AOF), so that whatever it has
 * acknowledged must be there after a crash; and that can be crashed, paused and starved.
 */
export class PersistentRedis {
  readonly url: string;
  /** Of the one who watches; never dropped by `dropClients`. */
  readonly client: Redis;
  readonly #binary: string;
  readonly #port: number;
  readonly #folder: string;
  #output = '';
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
      commandTimeout: COMMAND_MS,
    });
    this.client.on('error', () => null);
  }

  static async start(): Promise<PersistentRedis> {
    const binary = findRedisServer();
    if (binary === null) throw new Error('There is no redis-server on the PATH: install Redis');
    const redis = new PersistentRedis(binary, await stablePort());
    await redis.#waitUntilUp('its start');
    return redis;
  }

  /** Gone at once and, after so long, back with what its file holds. */
  async crash(downMs: number, wait: Sleep): Promise<void> {
    await this.#end('SIGKILL');
    await wait(downMs);
    await this.#startAgain('its crash');
  }

  /** Ended in order and started again. */
  async restart(downMs: number, wait: Sleep): Promise<void> {
    await this.#end('SIGTERM');
    await wait(downMs);
    await this.#startAgain('its restart');
  }

  /** Hangs with all its connections open. */
  async pause(forMs: number, wait: Sleep): Promise<void> {
    this.#child.kill('SIGSTOP');
    await wait(forMs);
    this.#child.kill('SIGCONT');
    await this.#waitUntilUp('its pause');
  }

  async disconnectClients(): Promise<void> {
    await this.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  }

  /** Refuses whatever would need memory. */
  async exhaustMemory(forMs: number, wait: Sleep): Promise<void> {
    await this.client.config('SET', 'maxmemory-policy', 'noeviction');
    await this.client.config('SET', 'maxmemory', '1');
    await wait(forMs);
    await this.client.config('SET', 'maxmemory', '0');
  }

  /** Refuses every write, as a primary does that has just been replaced. */
  async makeReadOnly(forMs: number, wait: Sleep): Promise<void> {
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
      // Written before it answers all the same: here the process is killed, never the machine.
      appendfsync: 'no',
    };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    const child = spawn(this.#binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.#output = (this.#output + chunk.toString()).slice(-TOLD_CHARS);
      });
    }
    return child;
  }

  async #startAgain(after: string): Promise<void> {
    this.#child = this.#spawned();
    await this.#waitUntilUp(after);
  }

  async #waitUntilUp(after: string): Promise<void> {
    const untilMs = performance.now() + UP_MS;
    while (performance.now() < untilMs) {
      const ping = this.client.ping().catch(() => null);
      if ((await Promise.race([ping, sleep(AGAIN_MS, null)])) === 'PONG') return;
      // One that ended at once, because its port was not free yet, is started again.
      if (hasEnded(this.#child)) this.#child = this.#spawned();
    }
    throw new Error(`${UP_MS} ms passed before Redis answered after ${after}; ${this.#output}`);
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (hasEnded(this.#child)) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill(signal);
    const state = () => this.#output;
    await withTimeout(gone, { what: `Redis ended on ${signal}`, withinMs: DOWN_MS, state });
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
