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
  /** Ends it as a crash does. */
  kill(): Promise<void>;
}

/** The `redis-server` on the PATH; null if there is none. */
export function findRedisServer(): string | null {
  return findProgram('redis-server');
}

/** What is missing for a cluster of one's own; null if nothing is. */
export function missingForCluster(): string | null {
  if (findRedisServer() === null) return 'redis-server';
  return findProgram('redis-cli') === null ? 'redis-cli' : null;
}

/** Whether tests that need a real server must run: then its absence is a failure, not a skip. */
export function mustHaveRedisServer(): boolean {
  return process.env['CI'] === 'true';
}

interface ServerWish {
  readonly password?: string;
  readonly port?: number;
  readonly settings?: readonly string[];
}

/** Starts a server of one's own on a free port, in memory alone, and waits until it answers. */
export async function startRedisServer(wish: ServerWish = {}): Promise<RunningRedis> {
  const binary = findRedisServer();
  if (binary === null) throw new Error('There is no redis-server on the PATH: install Redis');
  const port = wish.port ?? (await freePort());
  // What a server leaves behind, as a replica does, the next one would find.
  const folder = mkdtempSync(join(tmpdir(), 'arena-redis-'));
  const child = spawn(binary, settingsOf(wish, { port, folder }), { stdio: 'ignore' });
  const atExit = () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', atExit);
  await answers(port, wish.password);
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    process.off('exit', atExit);
    await stopped(child, signal);
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `redis://127.0.0.1:${port}`;
  return { port, url, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

function settingsOf(
  { password, settings = [] }: ServerWish,
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
  if (address === null || typeof address === 'string') throw new Error('No port was given');
  return address.port;
}

/**
 * A free port that nobody is given by chance: while a server is down, somebody who connects
 * elsewhere, or to the very server, may get its port to call from, and then it cannot come back.
 */
export async function stablePort(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const port = randomInt(FIRST_STABLE_PORT, FIRST_EPHEMERAL_PORT);
    if (await isFree(port)) return port;
  }
  throw new Error('No port is free below those that are given by chance');
}

/** Of those that systems give to whoever connects, the lowest that is usual. */
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

async function answers(port: number, password: string | undefined): Promise<void> {
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

async function stopped(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}
