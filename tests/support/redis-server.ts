import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findProgram } from './find-program.ts';

export interface RunningRedis {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
  kill(): Promise<void>;
  /** It keeps its connections and answers nothing, until `resume`. */
  pause(): void;
  resume(): void;
}

export function findRedisServer(): string | null {
  return findProgram('redis-server');
}

/** The program that a cluster needs and the PATH lacks; null if none. */
export function missingForCluster(): string | null {
  if (findRedisServer() === null) return 'redis-server';
  return findProgram('redis-cli') === null ? 'redis-cli' : null;
}

/** Whether tests that need a real server fail without one instead of being skipped. */
export function mustHaveRedisServer(): boolean {
  return process.env['CI'] === 'true';
}

interface ServerOptions {
  readonly password?: string;
  readonly port?: number;
  readonly settings?: readonly string[];
}

/** Starts a server without persistence on a free port and waits until it answers. */
export async function startRedisServer(options: ServerOptions = {}): Promise<RunningRedis> {
  const binary = findRedisServer();
  if (binary === null) throw new Error('no redis-server on the PATH: install Redis');
  const port = options.port ?? (await freePort());
  // A temporary folder, because a replica writes a dump file that another server would load.
  const folder = mkdtempSync(join(tmpdir(), 'arena-redis-'));
  const child = spawn(binary, settingsOf(options, { port, folder }), { stdio: 'ignore' });
  const atExit = () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', atExit);
  const ended = once(child, 'exit').then(() => {
    throw new Error(`redis-server ended, port ${port}`);
  });
  try {
    await Promise.race([waitUntilReady(port, options.password), ended]);
  } catch (error) {
    process.off('exit', atExit);
    atExit();
    throw error;
  }
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    process.off('exit', atExit);
    await stopProcess(child, signal);
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `redis://127.0.0.1:${port}`;
  return {
    port,
    url,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    pause: () => child.kill('SIGSTOP'),
    resume: () => child.kill('SIGCONT'),
  };
}

function settingsOf(
  { password, settings = [] }: ServerOptions,
  { port, folder }: { readonly port: number; readonly folder: string },
): string[] {
  const place = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder];
  const secret = password === undefined ? [] : ['--requirepass', password];
  return [...place, '--save', '', '--appendonly', 'no', ...settings, ...secret];
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('server has no port');
  return address.port;
}

/**
 * A free port outside the ephemeral range. An ephemeral port of a stopped server may be given to any
 * outgoing connection, and then the server cannot start again.
 */
export async function stablePort(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const port = randomInt(FIRST_STABLE_PORT, FIRST_EPHEMERAL_PORT);
    if (await isFree(port)) return port;
  }
  throw new Error('no free port below the ephemeral range');
}

/** The usual lowest ephemeral port. */
const FIRST_EPHEMERAL_PORT = 32_768;
const FIRST_STABLE_PORT = 15_000;

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  const isListening = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (!isListening) return false;
  server.close();
  await once(server, 'close');
  return true;
}

async function waitUntilReady(port: number, password: string | undefined): Promise<void> {
  const client = new Redis(port, '127.0.0.1', {
    ...(password === undefined ? {} : { password }),
    retryStrategy: () => 20,
    maxRetriesPerRequest: 500,
  });
  client.on('error', () => null);
  try {
    await client.ping();
  } finally {
    client.disconnect();
  }
}

async function stopProcess(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
