import { randomUUID } from 'node:crypto';
import type { Redis, RedisKey } from 'ioredis';
import { InProcessDocuments, type KeySpace } from './documents/in-process-documents.ts';
import { reuseLua } from './reuse-lua.ts';

export type InProcessRedis = Awaited<ReturnType<typeof openInProcessRedis>>;

/**
 * A Redis in the memory of this process. Instances opened under one name share their keys, as clients
 * of one server do.
 */
export async function openInProcessRedis(name: string = randomUUID(), keyPrefix = '') {
  // Imported only here: a process with a server does not load ioredis-mock and its Lua.
  const { default: RedisMock } = await import('ioredis-mock');
  reuseLua();
  const client: Redis = new RedisMock({ host: `in-process-${name}`, keyPrefix });
  const documents = new InProcessDocuments(keySpaceOf(client));
  answerTypeOfDocuments(client, documents);
  return { client, documents };
}

function keySpaceOf(client: Redis): KeySpace {
  if ('data' in client && isKeySpace(client.data)) return client.data;
  throw new TypeError('ioredis-mock has no key space `data`: unsupported version');
}

function isKeySpace(data: unknown): data is KeySpace {
  const space = Object(data) as Record<string, unknown>;
  return ['has', 'get', 'set', 'delete'].every((name) => typeof space[name] === 'function');
}

/** ioredis-mock knows five types; for a document its TYPE would say `hash`. */
function answerTypeOfDocuments(client: Redis, documents: InProcessDocuments): void {
  const plainType = client.type.bind(client);
  const type = (key: RedisKey): Promise<string> =>
    documents.holds(String(key)) ? Promise.resolve('ReJSON-RL') : plainType(key);
  Object.assign(client, { type });
}
