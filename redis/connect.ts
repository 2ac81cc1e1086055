import type { RedisClient } from './redis-client.ts';
import type { Clock } from '../domains/core/clock.ts';
import type { Log } from '../domains/core/log.ts';
import type { Documents } from './documents/documents.ts';
import { JsonModuleDocuments } from './documents/json-module.ts';
import { LuaDocuments } from './documents/lua-documents.ts';
import { isReplyError } from './documents/reply-error.ts';
import { openInProcessRedis } from './in-process-redis.ts';
import { prefixOf } from './key-prefix.ts';
import { watchMaster } from './master-watch.ts';
import { RedisStartError } from './redis-start-error.ts';
import { serverTime } from './scripts/server-time.ts';
import { ServerClock } from './server-clock.ts';
import { createServerClient, hostPortOf, unreachable, waitUntilReady } from './server-client.ts';

/**
 * Which engine keeps the documents: for the log, and for whoever wants to know what survives. `lua`
 * is a server without the JSON module.
 */
export type DocumentEngine = 'json-module' | 'lua' | 'in-process';

export interface Connection {
  readonly client: RedisClient;
  readonly documents: Documents;
  readonly engine: DocumentEngine;
  /** The server's time, one for all processes; null where this process is the only one. */
  readonly clock: Clock | null;
  /** Lets commands under way finish; the in-process stand-in forgets nothing that has a name. */
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** `redis://…` or `rediss://…`; null is the in-process stand-in. */
  readonly url: string | null;
  readonly log: Log;
  /** What stands before every key; nothing by default. */
  readonly prefix?: string;
  /** How long a server may take to answer for the first time. */
  readonly startTimeoutMs?: number;
  /** Stand-ins opened under one name share their keys; by default each is alone. */
  readonly inProcessName?: string;
}

const START_TIMEOUT_MS = 5_000;
const CLOSE_TIMEOUT_MS = 2_000;

/** Never written: only asked whether JSON is spoken at all. */
const PROBE_KEY = 'ac:probe';

/** Connects, or raises a `RedisStartError` that says in one line why not and what to do. */
export async function connectRedis(options: ConnectOptions): Promise<Connection> {
  const { url, log, prefix = '' } = options;
  const connection =
    url === null ? await connectInProcess(options) : await connectServer(url, options);
  log.info(
    {
      ...{ redis: url === null ? 'in-process' : hostPortOf(url), documents: connection.engine },
      ...(prefix === '' ? {} : { prefix }),
    },
    url === null
      ? 'no REDIS_URL: an in-process stand-in keeps the game, and forgets it at the end'
      : 'Redis is connected',
  );
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
  const at = hostPortOf(url);
  const client = createServerClient(url, options.log, options.prefix);
  try {
    await waitUntilReady(client, { at, timeoutMs: options.startTimeoutMs ?? START_TIMEOUT_MS });
    const { engine, documents } = await openDocuments(client, at);
    const clock = await startClock(client, { at, log: options.log });
    const watch = watchMaster(client, url, options.log);
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

/** The engine that suits the server, which is called `at` should it refuse. */
export async function openDocuments(
  client: RedisClient,
  at: string,
): Promise<Pick<Connection, 'engine' | 'documents'>> {
  const engine = await detectEngine(client, at);
  const documents = engine === 'lua' ? new LuaDocuments(client) : new JsonModuleDocuments(client);
  return { engine, documents };
}

/**
 * Any answer to a JSON command but an error means that the module is there, whoever made it; only
 * who has never heard of the command has no module. Other refusals (no permission, say) are no
 * reason to keep documents in another way than the module that may be there.
 */
async function detectEngine(client: RedisClient, at: string): Promise<'json-module' | 'lua'> {
  try {
    await client.call('JSON.GET', prefixOf(client) + PROBE_KEY, '$');
    return 'json-module';
  } catch (error) {
    if (!isReplyError(error)) throw unreachable(at, error);
    if (/unknown command/i.test(error.message)) return 'lua';
    throw new RedisStartError(
      `The Redis at ${at} refuses JSON commands (it says: ${error.message}). Let its user run them, ` +
        'or leave REDIS_URL empty to play in-process.',
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
      `The Redis at ${at} does not tell the time (it says: ${error.message}). Let its user run EVAL ` +
        'and TIME, or leave REDIS_URL empty to play in-process.',
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
