import { Redis } from 'ioredis';
import type { Log } from '../domains/core/log.ts';
import { type RedisAddress, readRedisAddress } from './redis-address.ts';
import type { RedisClient } from './redis-client.ts';
import { logOutages, retryDelayMs } from './server-client.ts';

/** A channel of the sentinels: name, old host, old port, new host, new port. */
const CHANNEL = '+switch-master';

/**
 * Reconnects as soon as a sentinel announces another master: the old one accepts writes for seconds,
 * all of which are lost. The failover detector of ioredis stops working once its sentinel was down.
 * Does nothing where `url` names no sentinels.
 */
export function watchMaster(client: RedisClient, url: string, log: Log): { stop(): void } {
  const address = readRedisAddress(url);
  if (address.kind !== 'sentinel' || !(client instanceof Redis)) return { stop: () => undefined };
  logMasters(client, { log, at: address.hostPort });
  // Every sentinel, since any of them may be the last to learn of the new master.
  const listeners = address.nodes.map((node) => listenerAt(node, address, log));
  for (const listener of listeners) {
    listener.on('message', (_, news: string) => {
      const [name, , , host, port] = news.split(' ');
      if (name === address.master) follow(client, `${host ?? ''}:${port ?? ''}`);
    });
    // The listener logs its own errors and reconnects until it is stopped.
    listener.subscribe(CHANNEL).catch(() => null);
  }
  return {
    stop: () => {
      for (const listener of listeners) listener.disconnect();
    },
  };
}

function listenerAt(
  node: RedisAddress['nodes'][number],
  { options: { tls } }: RedisAddress,
  log: Log,
): Redis {
  const listener = new Redis({
    ...node,
    ...(tls === undefined ? {} : { tls }),
    retryStrategy: retryDelayMs,
    maxRetriesPerRequest: null,
  });
  logOutages(listener, { log, what: 'redis sentinel', at: `${node.host}:${node.port}` });
  return listener;
}

/** Where sentinels use names instead of addresses, this reconnects once without need. */
function follow(client: Redis, master: string): void {
  const leave = () => {
    if (remoteOf(client) !== master) client.disconnect(true);
  };
  if (client.status === 'ready') leave();
  else client.once('ready', leave);
}

function logMasters(client: Redis, { log, at }: { readonly log: Log; readonly at: string }): void {
  let known = client.status === 'ready' ? remoteOf(client) : null;
  client.on('ready', () => {
    const master = remoteOf(client);
    if (known !== null && known !== master) log.warn({ redis: at, master }, 'redis master changed');
    known = master;
  });
}

function remoteOf({ stream }: Redis): string {
  return `${stream.remoteAddress ?? ''}:${stream.remotePort ?? 0}`;
}
