import { randomUUID } from 'node:crypto';
import type { Redis, RedisKey } from 'ioredis';
import { InProcessDocuments, type KeySpace } from './documents/in-process-documents.ts';

export interface InProcessRedis {
  readonly client: Redis;
  readonly documents: InProcessDocuments;
}

/**
 * The stand-in for a Redis: keys and documents in this process's memory. Those opened under one
 * name share their keys, as clients of one server do; without a name nobody else sees them.
 */
export async function openInProcessRedis(
  name: string = randomUUID(),
  keyPrefix = '',
): Promise<InProcessRedis> {
  // Loaded only here: whoever has a server does not pay for the stand-in and its Lua.
  const { default: RedisMock } = await import('ioredis-mock');
  const client = new RedisMock({ host: `in-process-${name}`, keyPrefix });
  const documents = new InProcessDocuments(keySpaceOf(client));
  answerTypeOfDocuments(client, documents);
  return { client, documents };
}

function keySpaceOf(client: Redis): KeySpace {
  if ('data' in client && isKeySpace(client.data)) return client.data;
  throw new TypeError('This ioredis-mock has no key space `data`: its version does not fit');
}

function isKeySpace(data: unknown): data is KeySpace {
  const space = Object(data) as Record<string, unknown>;
  return ['has', 'get', 'set', 'delete'].every((name) => typeof space[name] === 'function');
}

/** The stand-in knows five types; for a document its TYPE would say `hash`. */
function answerTypeOfDocuments(client: Redis, documents: InProcessDocuments): void {
  const plainType = client.type.bind(client);
  const type = (key: RedisKey): Promise<string> =>
    documents.holds(String(key)) ? Promise.resolve('ReJSON-RL') : plainType(key);
  Object.assign(client, { type });
}
