import { Cluster, Redis } from 'ioredis';
import type { Log } from '../domains/core/log.ts';
import { isReplyError } from './documents/reply-error.ts';
import { type RedisAddress, readRedisAddress } from './redis-address.ts';
import type { RedisClient } from './redis-client.ts';
import { RedisStartError } from './redis-start-error.ts';

/** No command of ours runs longer than milliseconds; a caller shall not hang with a server that does. */
const COMMAND_TIMEOUT_MS = 5_000;
const CONNECT_TIMEOUT_MS = 5_000;
const MAX_RECONNECT_DELAY_MS = 2_000;

const CURE =
  'Check REDIS_URL and that the server is up, or leave REDIS_URL empty to play in-process.';

/** A client of what `url` names, not yet connected, that logs outages as facts without secrets. */
export function createServerClient(url: string, log: Log, keyPrefix = ''): RedisClient {
  const address = readRedisAddress(url);
  const open = address.kind === 'cluster' ? clusterClient : singleClient;
  const client = open(address, keyPrefix);
  logOutages(client, { log, who: 'Redis', at: address.place });
  return client;
}

/** Between two tries to connect. */
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
    maxRetriesPerRequest: 3,
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
      ...{ username, password, connectTimeout: CONNECT_TIMEOUT_MS },
      commandTimeout: COMMAND_TIMEOUT_MS,
      ...(tls === undefined ? {} : { tls }),
    },
    // By name, a certificate would not fit what the cluster calls its nodes.
    ...(tls === undefined
      ? {}
      : {
          dnsLookup: (host, done) => {
            done(null, host);
          },
        }),
  });
}

/** The address of a Redis: all of it that may be shown. */
export function hostPortOf(url: string): string {
  return readRedisAddress(url).place;
}

/**
 * Waits until the server answers PING: a server that starts beside us may need a moment. Raises a
 * `RedisStartError` after `timeoutMs`, or at once if the server refuses us.
 */
export async function waitUntilReady(
  client: RedisClient,
  wait: { readonly at: string; readonly timeoutMs: number },
): Promise<void> {
  let trouble: unknown = null;
  const note = (error: unknown) => {
    trouble = error;
  };
  client.on('error', note);
  const overdue = deadline(wait.timeoutMs);
  try {
    const end = await Promise.race([pingUntilAnswered(client, overdue.signal), overdue.passed]);
    if (end === 'answered') {
      // A cluster that is away would keep callers waiting for as long as it is.
      if (client instanceof Cluster) client.options.enableOfflineQueue = false;
      return;
    }
    throw unreachable(wait.at, end === 'late' ? trouble : end);
  } finally {
    overdue.cancel();
    client.off('error', note);
  }
}

/** Answers the server's own refusal, if that is what comes back. */
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
  return 'late';
}

function deadline(timeoutMs: number) {
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => {
      over.abort();
      resolve('late');
    }, timeoutMs);
  });
  const cancel = () => {
    clearTimeout(timer);
    over.abort();
  };
  return { signal: over.signal, passed, cancel };
}

export function unreachable(at: string, trouble: unknown): RedisStartError {
  return new RedisStartError(`No usable Redis at ${at} (${reasonOf(trouble)}). ${CURE}`);
}

/**
 * Why, in one word. Never the error itself: what the client raises carries the command that
 * failed, and that of AUTH carries the password.
 */
export function reasonOf(error: unknown): string {
  if (isReplyError(error)) return /^[A-Z]+/.exec(error.message)?.[0] ?? 'refused';
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return 'no answer';
}

/** An outage is told once, and so is its end. */
export function logOutages(
  client: RedisClient,
  { log, who, at }: { readonly log: Log; readonly who: string; readonly at: string },
): void {
  let down = false;
  client.on('error', (error: unknown) => {
    if (!down) log.warn({ redis: at, reason: reasonOf(error) }, `${who} does not answer`);
    down = true;
  });
  client.on('ready', () => {
    if (down) log.info({ redis: at }, `${who} answers again`);
    down = false;
  });
}
