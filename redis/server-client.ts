import { setTimeout as delay } from 'node:timers/promises';
import { Cluster, Redis } from 'ioredis';
import type { Log } from '../domains/core/log.ts';
import { isReplyError } from './documents/reply-error.ts';
import { isSelectRefused, reconnectRule } from './reconnect-on-error.ts';
import { type RedisAddress, readRedisAddress } from './redis-address.ts';
import type { RedisClient } from './redis-client.ts';
import { RedisStartError } from './redis-start-error.ts';

/** Commands take milliseconds. A tap may wait for two of them in turn, and is answered within 3 s. */
const COMMAND_TIMEOUT_MS = 1_250;
const CONNECT_TIMEOUT_MS = 5_000;
const MAX_RECONNECT_DELAY_MS = 500;

const CURE =
  'Check REDIS_URL and that the server is up, or leave REDIS_URL empty to play in-process.';

/** A client for `url`, not yet connected, that logs outages without secrets. */
export function createServerClient(url: string, log: Log, keyPrefix = ''): RedisClient {
  const address = readRedisAddress(url);
  const open = address.kind === 'cluster' ? clusterClient : singleClient;
  const client = open(address, keyPrefix);
  logOutages(client, { log, what: 'redis', at: address.hostPort });
  return client;
}

export const retryDelayMs = (attempt: number) => Math.min(100 * attempt, MAX_RECONNECT_DELAY_MS);

function singleClient(address: RedisAddress, keyPrefix: string): Redis {
  const { kind, nodes, master, options } = address;
  const [node] = nodes;
  return new Redis({
    ...(kind === 'sentinel' ? { sentinels: nodes, name: master } : node),
    ...(options.tls === undefined
      ? {}
      : { enableTLSForSentinelMode: true, sentinelTLS: options.tls }),
    ...options,
    keyPrefix,
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: COMMAND_TIMEOUT_MS,
    maxRetriesPerRequest: 1,
    reconnectOnError: reconnectRule(),
    retryStrategy: retryDelayMs,
    sentinelRetryStrategy: retryDelayMs,
  });
}

function clusterClient({ nodes, options }: RedisAddress, keyPrefix: string): Cluster {
  const { username, password, tls } = options;
  return new Cluster(nodes, {
    keyPrefix,
    lazyConnect: true,
    clusterRetryStrategy: retryDelayMs,
    slotsRefreshTimeout: CONNECT_TIMEOUT_MS,
    redisOptions: {
      username,
      password,
      connectTimeout: CONNECT_TIMEOUT_MS,
      commandTimeout: COMMAND_TIMEOUT_MS,
      ...(tls === undefined ? {} : { tls }),
    },
    // Certificates are issued for names, so the names of the nodes must not be resolved to addresses.
    ...(tls === undefined
      ? {}
      : {
          dnsLookup: (host, done) => {
            done(null, host);
          },
        }),
  });
}

/**
 * Waits until the server answers PING, since it may start together with the bot. Raises a
 * `RedisStartError` after `timeoutMs`, or at once if the server refuses the connection.
 */
export async function waitUntilReady(
  client: RedisClient,
  { at, timeoutMs }: { readonly at: string; readonly timeoutMs: number },
): Promise<void> {
  let lastError: unknown = null;
  const over = new AbortController();
  const remember = (error: unknown) => {
    lastError = error;
    if (isSelectRefused(error)) over.abort();
  };
  client.on('error', remember);
  const late = delay(timeoutMs, null, { signal: over.signal }).catch(() => null);
  try {
    const end = await Promise.race([pingUntilAnswered(client, over.signal), late]);
    if (isSelectRefused(lastError)) throw databaseRefused(client, at);
    if (end !== 'answered') throw unreachable(at, end ?? lastError);
    // Otherwise ioredis would queue commands for as long as the cluster is unavailable.
    if (client instanceof Cluster) client.options.enableOfflineQueue = false;
  } finally {
    over.abort();
    client.off('error', remember);
  }
}

/** Returns the server's own refusal, if that is the reply; null once aborted. */
async function pingUntilAnswered(client: RedisClient, over: AbortSignal): Promise<unknown> {
  client.connect().catch(() => null);
  while (!over.aborted) {
    try {
      await client.ping();
      return 'answered';
    } catch (error) {
      if (isReplyError(error)) return error;
    }
  }
  return null;
}

function databaseRefused({ options }: RedisClient, at: string): RedisStartError {
  const db = 'db' in options ? options.db : 0;
  return new RedisStartError(
    `The Redis at ${at} refuses database ${db}. Leave the number out of REDIS_URL and set ` +
      'REDIS_PREFIX, or raise `databases` on the server.',
  );
}

export function unreachable(at: string, trouble: unknown): RedisStartError {
  return new RedisStartError(`No usable Redis at ${at} (${reasonOf(trouble)}). ${CURE}`);
}

/** The reason in one word. Never the error itself, whose command may be AUTH with the password. */
export function reasonOf(error: unknown): string {
  if (isReplyError(error)) return /^[A-Z]+/.exec(error.message)?.[0] ?? 'refused';
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return 'no answer';
}

export function logOutages(
  client: RedisClient,
  { log, what, at }: { readonly log: Log; readonly what: string; readonly at: string },
): void {
  let down = false;
  client.on('error', (error: unknown) => {
    if (!down) log.warn({ redis: at, reason: reasonOf(error) }, `${what} unavailable`);
    down = true;
  });
  client.on('ready', () => {
    if (down) log.info({ redis: at }, `${what} available again`);
    down = false;
  });
}
