import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { linkSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { findProgram } from '../../tests/support/find-program.ts';
import { findRedisServer, stablePort } from '../../tests/support/redis-server.ts';
import { withTimeout } from './timeouts.ts';

const READY_MS = 30_000;
const PING_MS = 300;
const EXIT_MS = 15_000;
const OUTPUT_CHARS = 1_500;

/**
 * A `redis-server` that appends every change to a file before it answers, so that no acknowledged write
 * may be missing after a crash.
 */
export class RedisProcess {
  readonly port: number;
  /** For commands of an operator. */
  readonly admin: Redis;
  readonly #binary: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'arena-redis-'));
  #primaryPort: number | null;
  #output = '';
  #child: ChildProcess;

  private constructor(place: { binary: string; port: number; primaryPort: number | null }) {
    this.port = place.port;
    this.#binary = place.binary;
    this.#primaryPort = place.primaryPort;
    process.once('exit', this.#atExit);
    this.#child = this.#spawn();
    const options = { retryStrategy: () => 50, maxRetriesPerRequest: null };
    this.admin = new Redis(this.port, '127.0.0.1', options);
    this.admin.on('error', () => null);
  }

  /** `primaryPort`: begins as a replica of that server. */
  static async start(primaryPort: number | null = null): Promise<RedisProcess> {
    const binary = findRedisServer();
    if (binary === null) throw new Error('no redis-server on the PATH: install Redis');
    const started = new RedisProcess({ binary, port: await stablePort(), primaryPort });
    await started.waitUntilUp('its start');
    return started;
  }

  /** From now on it also starts as what it has become: a primary, or the replica of that server. */
  follow(primaryPort: number | null): void {
    this.#primaryPort = primaryPort;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async stop(signal: NodeJS.Signals): Promise<void> {
    if (hasEnded(this.#child)) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill(signal);
    const state = () => this.#output;
    await withTimeout(exited, { what: `exit of Redis on ${signal}`, timeoutMs: EXIT_MS, state });
  }

  async startAgain(after: string): Promise<void> {
    this.#child = this.#spawn();
    await this.waitUntilUp(after);
  }

  async waitUntilUp(after: string): Promise<void> {
    const untilMs = performance.now() + READY_MS;
    while (performance.now() < untilMs) {
      const ping = this.admin.ping().catch(() => null);
      if ((await Promise.race([ping, delay(PING_MS, null)])) === 'PONG') return;
      // It exits at once when its port is not free yet.
      if (hasEnded(this.#child)) this.#child = this.#spawn();
    }
    throw new Error(
      `timeout after ${READY_MS} ms: answer of Redis after ${after}; ${this.#output}`,
    );
  }

  /**
   * Its files grow no more, as on a full disk; null: they do again. The limit is the size of the file
   * that it writes, so that no write is half done: after a rewrite Redis 7.0 answers a short write with
   * a hole in the file, and cannot read that file again.
   */
  limitFiles(state: 'full' | null): void {
    const written = this.#files().findLast((file) => !file.endsWith('.base.aof'));
    const limit = state === null || written === undefined ? 'unlimited' : statSync(written).size;
    execFileSync('prlimit', ['--pid', String(this.#child.pid), `--fsize=${limit}:`]);
  }

  /** Links its files into the folder, where they survive it and still grow; answers the links. */
  linkFiles(folder: string, prefix: string): string[] {
    return this.#files().map((file, index) => {
      const link = join(folder, `${prefix}-${index}`);
      linkSync(file, link);
      return link;
    });
  }

  deleteFiles(): void {
    for (const name of readdirSync(this.#folder))
      rmSync(join(this.#folder, name), { recursive: true, force: true });
  }

  async end(): Promise<void> {
    process.off('exit', this.#atExit);
    this.admin.disconnect();
    await this.stop('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  readonly #atExit = () => {
    this.#child.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  };

  /** Its append-only files, the latest last. Redis 7 keeps a base and what came after it in a folder. */
  #files(): string[] {
    return readdirSync(this.#folder, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.aof'))
      .toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }))
      .map((name) => join(this.#folder, name));
  }

  #spawn(): ChildProcess {
    const settings = {
      port: String(this.port),
      bind: '127.0.0.1',
      dir: this.#folder,
      save: '',
      appendonly: 'yes',
      // Without fsync a write still survives the kill of the process; the machine never crashes here.
      appendfsync: 'no',
      // The checks read all that was ever written.
      'auto-aof-rewrite-percentage': '0',
      'aof-use-rdb-preamble': 'no',
      ...(this.#primaryPort === null ? {} : { replicaof: `127.0.0.1 ${this.#primaryPort}` }),
    };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    // With the signal ignored, a file that must not grow is an error like that of a full disk.
    const ignoring = `trap '' XFSZ; exec "$0" "$@"`;
    const child = spawn('sh', ['-c', ignoring, this.#binary, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.#output = (this.#output + chunk.toString()).slice(-OUTPUT_CHARS);
      });
    }
    return child;
  }
}

/** Whether files of a running process can be kept from growing. */
export function canLimitFiles(): boolean {
  return findProgram('prlimit') !== null;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
