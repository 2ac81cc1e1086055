import type { Clock } from '../domains/core/clock.ts';
import type { Log } from '../domains/core/log.ts';
import type { Documents } from './documents/documents.ts';
import { JsonModuleDocuments } from './documents/json-module.ts';
import { LuaDocuments } from './documents/lua-documents.ts';
import { isReplyError } from './documents/reply-error.ts';
import { openInProcessRedis } from './in-process-redis.ts';
import { prefixOf } from './key-prefix.ts';
import { watchMaster } from './master-watch.ts';
import { readRedisAddress } from './redis-address.ts';
import type { RedisClient } from './redis-client.ts';
import { RedisStartError } from './redis-start-error.ts';
import { serverTime } from './scripts/server-time.ts';
import { ServerClock } from './server-clock.ts';
import { createServerClient, unreachable, waitUntilReady } from './server-client.ts';

/** What stores the documents. `lua` is a server without the JSON module. */
export type DocumentEngine = 'json-module' | 'lua' | 'in-process';

export interface Connection {
  readonly client: RedisClient;
  readonly documents: Documents;
  readonly engine: DocumentEngine;
  /** The server's time, one for all processes; null for the in-process Redis. */
  readonly clock: Clock | null;
  /** Waits for pending commands; a named in-process Redis keeps its keys. */
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** `redis://…` or `rediss://…`; null is the in-process Redis. */
  readonly url: string | null;
  readonly log: Log;
  readonly prefix?: string;
  readonly startTimeoutMs?: number;
  /** In-process instances of one name share their keys; by default each has its own. */
  readonly inProcessName?: string;
}

const START_TIMEOUT_MS = 5_000;
const CLOSE_TIMEOUT_MS = 2_000;

/** Never written: read once to see whether the server knows JSON commands. */
const PROBE_KEY = 'ac:probe';

/** Connects, or raises a `RedisStartError` that says in one line why not and what to do. */
export async function connectRedis(options: ConnectOptions): Promise<Connection> {
  const { url, log, prefix = '' } = options;
  const connection =
    url === null ? await connectInProcess(options) : await connectServer(url, options);
  const redis = url === null ? 'in-process' : readRedisAddress(url).hostPort;
  const facts = { redis, documents: connection.engine, ...(prefix === '' ? {} : { prefix }) };
  log.info(facts, url === null ? 'no REDIS_URL, redis in memory' : 'redis connected');
  return connection;
}

async function connectInProcess({ inProcessName, prefix }: ConnectOptions): Promise<Connection> {
  const { client, documents } = await openInProcessRedis(inProcessName, prefix);
  const close = async () => {
    if (inProcessName === undefined) await client.flushall();
    client.disconnect();
  };
  return { client, documents, engine: 'in-process', clock: null, close };
}

async function connectServer(url: string, options: ConnectOptions): Promise<Connection> {
  const { log, prefix, startTimeoutMs = START_TIMEOUT_MS } = options;
  const at = readRedisAddress(url).hostPort;
  const client = createServerClient(url, log, prefix);
  try {
    await waitUntilReady(client, { at, timeoutMs: startTimeoutMs });
    const { engine, documents } = await openDocuments(client, at);
    const clock = await startClock(client, { at, log });
    const watch = watchMaster(client, url, log);
    const close = () => {
      clock.stop();
      watch.stop();
      return closeServer(client);
    };
    return { client, documents, engine, clock, close };
  } catch (error) {
    client.disconnect();
    throw error;
  }
}

export async function openDocuments(
  client: RedisClient,
  at: string,
): Promise<Pick<Connection, 'engine' | 'documents'>> {
  const engine = await detectEngine(client, at);
  const documents = engine === 'lua' ? new LuaDocuments(client) : new JsonModuleDocuments(client);
  return { engine, documents };
}

/**
 * Only an unknown command means that there is no JSON module. Another refusal, such as a missing
 * permission, must not switch to the other engine, which could not read the module's documents.
 */
async function detectEngine(client: RedisClient, at: string): Promise<'json-module' | 'lua'> {
  try {
    await client.call('JSON.GET', prefixOf(client) + PROBE_KEY, '$');
    return 'json-module';
  } catch (error) {
    if (!isReplyError(error)) throw unreachable(at, error);
    if (/unknown command/i.test(error.message)) return 'lua';
    throw new RedisStartError(
      `The Redis at ${at} refuses JSON commands (${error.message}). Allow them for this user, or ` +
        'leave REDIS_URL empty to play in-process.',
    );
  }
}

async function startClock(
  client: RedisClient,
  { at, log }: { readonly at: string; readonly log: Log },
): Promise<ServerClock> {
  const clock = new ServerClock({ ask: () => serverTime(client), log });
  try {
    await clock.start();
    return clock;
  } catch (error) {
    if (!isReplyError(error) || !error.message.startsWith('NOPERM')) throw unreachable(at, error);
    throw new RedisStartError(
      `The Redis at ${at} refuses EVAL or TIME (${error.message}). Allow them for this user, or ` +
        'leave REDIS_URL empty to play in-process.',
    );
  }
}

async function closeServer(client: RedisClient): Promise<void> {
  const timer = setTimeout(() => {
    client.disconnect();
  }, CLOSE_TIMEOUT_MS);
  await client.quit().catch(() => null);
  clearTimeout(timer);
  client.disconnect();
}
