import { Redis } from 'ioredis';
import type { Log } from '../domains/core/log.ts';
import { type RedisAddress, readRedisAddress } from './redis-address.ts';
import type { RedisClient } from './redis-client.ts';
import { logOutages, retryDelayMs } from './server-client.ts';

/** What a sentinel publishes: name, old host, old port, new host, new port. */
const NEWS = '+switch-master';

export interface MasterWatch {
  stop(): void;
}

/**
 * Listens to the sentinels: a master that is relieved goes on taking writes for seconds, all of which
 * are lost, so that the client must leave it as soon as one of them names another. ioredis has a
 * detector of failovers, which falls silent for good once its sentinel has been away.
 *
 * Does nothing where `url` names no sentinels.
 */
export function watchMaster(client: RedisClient, url: string, log: Log): MasterWatch {
  const address = readRedisAddress(url);
  if (address.kind !== 'sentinel' || !(client instanceof Redis)) return { stop: () => undefined };
  logMasters(client, { log, at: address.place });
  const listeners = address.nodes.map((node) => listenerAt(node, address, log));
  for (const listener of listeners) {
    listener.on('message', (_, news: string) => {
      const [name, , , host, port] = news.split(' ');
      if (name === address.master) follow(client, `${host ?? ''}:${port ?? ''}`);
    });
    // It is told by the listener's own errors, and tries until it is stopped.
    listener.subscribe(NEWS).catch(() => null);
  }
  return {
    stop: () => {
      for (const listener of listeners) listener.disconnect();
    },
  };
}

/** Each sentinel is listened to: the one that is asked for the master may be the last to hear. */
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
  logOutages(listener, { log, who: 'A sentinel', at: `${node.host}:${node.port}` });
  return listener;
}

/** Once for each news: where names and addresses differ, that is one connection too many, no more. */
function follow(client: Redis, master: string): void {
  const leave = () => {
    if (placeOfServer(client) !== master) client.disconnect(true);
  };
  if (client.status === 'ready') leave();
  else client.once('ready', leave);
}

function logMasters(client: Redis, { log, at }: { readonly log: Log; readonly at: string }): void {
  let known = client.status === 'ready' ? placeOfServer(client) : null;
  client.on('ready', () => {
    const master = placeOfServer(client);
    if (known !== null && known !== master)
      log.warn({ redis: at, master }, 'Redis has another master');
    known = master;
  });
}

function placeOfServer({ stream }: Redis): string {
  return `${stream.remoteAddress ?? ''}:${stream.remotePort ?? 0}`;
}
