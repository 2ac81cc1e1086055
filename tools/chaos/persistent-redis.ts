import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { findRedisServer, stablePort } from '../../tests/support/redis-server.ts';
import { withTimeout } from './timeouts.ts';

export type Sleep = (ms: number) => Promise<void>;

const READY_MS = 30_000;
const PING_MS = 300;
const EXIT_MS = 15_000;
const COMMAND_TIMEOUT_MS = 20_000;
const OUTPUT_CHARS = 1_500;

/**
 * A `redis-server` for fault injection. It appends every change to a file before it answers, so that
 * no acknowledged write may be missing after a crash.
 */
export class PersistentRedis {
  readonly url: string;
  /** For the checks; `disconnectClients` spares it. */
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
    this.#child = this.#spawn();
    this.client = new Redis(this.url, {
      retryStrategy: () => 50,
      maxRetriesPerRequest: null,
      commandTimeout: COMMAND_TIMEOUT_MS,
    });
    this.client.on('error', () => null);
  }

  static async start(): Promise<PersistentRedis> {
    const binary = findRedisServer();
    if (binary === null) throw new Error('no redis-server on the PATH: install Redis');
    const redis = new PersistentRedis(binary, await stablePort());
    await redis.#waitUntilUp('its start');
    return redis;
  }

  /** Kills it and, after `downMs`, starts it again from its file. */
  async crash(downMs: number, sleep: Sleep): Promise<void> {
    await this.#stop('SIGKILL');
    await sleep(downMs);
    await this.#startAgain('its crash');
  }

  /** Stops it cleanly and, after `downMs`, starts it again. */
  async restart(downMs: number, sleep: Sleep): Promise<void> {
    await this.#stop('SIGTERM');
    await sleep(downMs);
    await this.#startAgain('its restart');
  }

  /** It hangs with all its connections open. */
  async pause(durationMs: number, sleep: Sleep): Promise<void> {
    this.#child.kill('SIGSTOP');
    await sleep(durationMs);
    this.#child.kill('SIGCONT');
    await this.#waitUntilUp('its pause');
  }

  async disconnectClients(): Promise<void> {
    await this.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  }

  /** Commands that need memory are refused. */
  async exhaustMemory(durationMs: number, sleep: Sleep): Promise<void> {
    await this.client.config('SET', 'maxmemory-policy', 'noeviction');
    await this.client.config('SET', 'maxmemory', '1');
    await sleep(durationMs);
    await this.client.config('SET', 'maxmemory', '0');
  }

  /** Writes are refused, as by a primary that has just been replaced. */
  async makeReadOnly(durationMs: number, sleep: Sleep): Promise<void> {
    // No server listens on port 1, so it keeps its data and stays a replica that answers reads.
    await this.client.call('REPLICAOF', '127.0.0.1', '1');
    await sleep(durationMs);
    await this.client.call('REPLICAOF', 'NO', 'ONE');
  }

  async stop(): Promise<void> {
    process.off('exit', this.#atExit);
    this.client.disconnect();
    await this.#stop('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  readonly #atExit = () => {
    this.#child.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  };

  #spawn(): ChildProcess {
    const settings = {
      port: String(this.#port),
      bind: '127.0.0.1',
      dir: this.#folder,
      save: '',
      appendonly: 'yes',
      // Without fsync a write still survives the kill of the process; the machine never crashes here.
      appendfsync: 'no',
    };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    const child = spawn(this.#binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.#output = (this.#output + chunk.toString()).slice(-OUTPUT_CHARS);
      });
    }
    return child;
  }

  async #startAgain(after: string): Promise<void> {
    this.#child = this.#spawn();
    await this.#waitUntilUp(after);
  }

  async #waitUntilUp(after: string): Promise<void> {
    const untilMs = performance.now() + READY_MS;
    while (performance.now() < untilMs) {
      const ping = this.client.ping().catch(() => null);
      if ((await Promise.race([ping, delay(PING_MS, null)])) === 'PONG') return;
      // It exits at once when its port is not free yet.
      if (hasEnded(this.#child)) this.#child = this.#spawn();
    }
    throw new Error(
      `timeout after ${READY_MS} ms: answer of Redis after ${after}; ${this.#output}`,
    );
  }

  async #stop(signal: NodeJS.Signals): Promise<void> {
    if (hasEnded(this.#child)) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill(signal);
    const state = () => this.#output;
    await withTimeout(exited, { what: `exit of Redis on ${signal}`, timeoutMs: EXIT_MS, state });
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
