import type { Redis } from 'ioredis';

export interface StagedCall {
  readonly script: string;
  readonly key: string;
  readonly args: readonly string[];
  readonly reads: ReadonlyMap<string, string>;
}

export interface StagedEnd {
  readonly reply: unknown;
  readonly writes: readonly string[][];
}

/** Replaces `redis.call` by one that reads from a hash and writes to a list. */
const STAGE = `
  local server = redis
  local redis = {}
  redis.call = function(name, key, path, text)
    if name == 'JSON.GET' then return server.call('HGET', 'stage:reads', path) end
    server.call('RPUSH', 'stage:writes', name, key, path, text or '')
    return 'OK'
  end
`;

/** Runs a script for the JSON module on a Redis without it; the caller provides reads and applies writes. */
export async function runStaged(client: Redis, call: StagedCall): Promise<StagedEnd> {
  await client.del('stage:reads', 'stage:writes');
  for (const [path, text] of call.reads) await client.hset('stage:reads', path, text);
  const reply: unknown = await client.eval(STAGE + call.script, 1, call.key, ...call.args);
  const words = await client.lrange('stage:writes', 0, -1);
  const writes: string[][] = [];
  for (let at = 0; at < words.length; at += 4) writes.push(words.slice(at, at + 4));
  return { reply, writes };
}
