import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { type TcpProxy, startTcpProxy } from '../../tests/support/start-tcp-proxy.ts';
import type { WriteFile } from './battle-history.ts';
import { RedisProcess } from './redis-process.ts';
import { withTimeout } from './timeouts.ts';

export type Sleep = (ms: number) => Promise<void>;

const COMMAND_TIMEOUT_MS = 20_000;
const WAIT_MS = 30_000;
const POLL_MS = 50;

/** One address with a Redis for fault injection behind it, and after a failover with another. */
export class PersistentRedis {
  readonly url: string;
  /** For the checks. */
  readonly client: Redis;
  readonly #proxy: TcpProxy & { close(): void };
  #primary: RedisProcess;
  /** Becomes the primary next. */
  #replica: RedisProcess | null = null;
  /** Was the primary before, and follows the present one. */
  #demoted: RedisProcess | null = null;
  readonly #history = mkdtempSync(join(tmpdir(), 'arena-redis-history-'));
  readonly #writes: WriteFile[] = [];

  private constructor(primary: RedisProcess, proxy: TcpProxy & { close(): void }) {
    this.#primary = primary;
    this.#proxy = proxy;
    this.url = `redis://127.0.0.1:${proxy.port}`;
    process.once('exit', this.#atExit);
    this.client = new Redis(this.url, {
      retryStrategy: () => 50,
      maxRetriesPerRequest: null,
      commandTimeout: COMMAND_TIMEOUT_MS,
    });
    this.client.on('error', () => null);
  }

  static async start(): Promise<PersistentRedis> {
    const primary = await RedisProcess.start();
    return new PersistentRedis(primary, await startTcpProxy(primary.port));
  }

  /** Kills it and, after `downMs`, starts it again from its file. */
  async crash(downMs: number, sleep: Sleep): Promise<void> {
    await this.#primary.stop('SIGKILL');
    await sleep(downMs);
    await this.#primary.startAgain('its crash');
  }

  /** Stops it cleanly and, after `downMs`, starts it again. */
  async restart(downMs: number, sleep: Sleep): Promise<void> {
    await this.#primary.stop('SIGTERM');
    await sleep(downMs);
    await this.#primary.startAgain('its restart');
  }

  /** It hangs with all its connections open. */
  async pause(durationMs: number, sleep: Sleep): Promise<void> {
    this.#primary.signal('SIGSTOP');
    await sleep(durationMs);
    this.#primary.signal('SIGCONT');
    await this.#primary.waitUntilUp('its pause');
  }

  async disconnectClients(): Promise<void> {
    await this.#primary.admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  }

  /** Commands that need memory are refused. */
  async exhaustMemory(durationMs: number, sleep: Sleep): Promise<void> {
    const { admin } = this.#primary;
    await admin.config('SET', 'maxmemory-policy', 'noeviction');
    await admin.config('SET', 'maxmemory', '1');
    await sleep(durationMs);
    await admin.config('SET', 'maxmemory', '0');
  }

  /** Writes are refused, as by a primary that has just been replaced. */
  async makeReadOnly(durationMs: number, sleep: Sleep): Promise<void> {
    const { admin } = this.#primary;
    // No server listens on port 1, so it keeps its data and stays a replica that answers reads.
    await admin.call('REPLICAOF', '127.0.0.1', '1');
    await sleep(durationMs);
    await admin.call('REPLICAOF', 'NO', 'ONE');
  }

  /** Writes are refused (MISCONF) while its file cannot grow. */
  async fillDisk(durationMs: number, sleep: Sleep): Promise<void> {
    this.#primary.limitFiles('full');
    await sleep(durationMs);
    this.#primary.limitFiles(null);
    // It tries once a second whether its file can grow again.
    await this.#waitUntil(async () => {
      const info = await this.#primary.admin.info('persistence');
      return info.includes('aof_last_write_status:ok');
    }, 'write after a full disk');
  }

  /** Somebody deletes everything. */
  async flush(): Promise<void> {
    await this.#primary.admin.flushall();
  }

  /** It is killed and starts again without its file. */
  async loseFile(downMs: number, sleep: Sleep): Promise<void> {
    await this.#primary.stop('SIGKILL');
    this.#keepWrites();
    this.#writes.push(null);
    this.#primary.deleteFiles();
    await sleep(downMs);
    await this.#primary.startAgain('the loss of its file');
  }

  /** Starts the server that `demote` makes the primary. */
  async addReplica(): Promise<void> {
    const replica = await RedisProcess.start(this.#primary.port);
    this.#replica = replica;
    await this.#waitUntil(async () => {
      const info = await replica.admin.info('replication');
      return info.includes('master_link_status:up');
    }, 'first copy of the replica');
  }

  /**
   * The replica becomes the primary behind the same address, and the old primary stays its replica.
   * Connections that are open stay with the old one.
   */
  async demote(): Promise<void> {
    const [old, next] = [this.#primary, this.#replica];
    if (next === null) throw new Error('no replica');
    // A full disk may have cost the replica its connection; FAILOVER refuses one that is not back.
    await this.#waitUntil(
      async () => (await old.admin.info('replication')).includes('state=online'),
      'replica online',
    );
    this.#keepWrites();
    await old.admin.call('FAILOVER', 'TO', '127.0.0.1', String(next.port));
    await this.#waitUntil(
      async () => String(await next.admin.role()).startsWith('master'),
      'failover',
    );
    next.follow(null);
    old.follow(next.port);
    this.#proxy.pointTo(next.port);
    this.client.disconnect(true);
    await this.#demoted?.end();
    [this.#primary, this.#replica, this.#demoted] = [next, null, old];
  }

  /** All that was ever written, in order. */
  writes(): readonly WriteFile[] {
    this.#keepWrites();
    return this.#writes;
  }

  async stop(): Promise<void> {
    process.off('exit', this.#atExit);
    this.client.disconnect();
    this.#proxy.close();
    for (const one of [this.#primary, this.#replica, this.#demoted]) await one?.end();
    this.#atExit();
  }

  readonly #atExit = () => {
    rmSync(this.#history, { recursive: true, force: true });
  };

  #keepWrites(): void {
    const prefix = String(this.#writes.length);
    this.#writes.push(...this.#primary.linkFiles(this.#history, prefix));
  }

  async #waitUntil(isSo: () => Promise<boolean>, what: string): Promise<void> {
    const over = new AbortController();
    const poll = async () => {
      while (!over.signal.aborted && !(await isSo())) await delay(POLL_MS);
    };
    await withTimeout(poll(), { what, timeoutMs: WAIT_MS }).finally(() => {
      over.abort();
    });
  }
}
