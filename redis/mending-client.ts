import type { ChainableCommander } from 'ioredis';
import type { RedisClient } from './redis-client.ts';
import type { Log } from '../domains/core/log.ts';
import { gatherWrites } from './gathered-writes.ts';
import { KeyMender } from './key-mender.ts';

type Sent = readonly [method: string, args: readonly unknown[]];

/**
 * A client that is not stopped by a foreign value in the place of one of our keys: what holds
 * another type than the key table says gives way, and the command is sent once more. Every command
 * and batch of ours may be sent twice.
 */
export function mendingClient<C extends RedisClient>(client: C, log: Log): C {
  const mended: C = new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (name === 'pipeline' || name === 'multi') return () => mendingBatch(target, name, mender);
      return (...args: unknown[]): unknown => {
        const send = (): unknown => {
          gatherWrites(target);
          return Reflect.apply(value, target, args);
        };
        const reply = send();
        if (!(reply instanceof Promise)) return reply;
        return reply.catch((error: unknown) => mender.retry({ error, args, send }));
      };
    },
  });
  const mender = new KeyMender(mended, log);
  return mended;
}

/** Notes what goes into the batch, so that it can be sent again. */
function mendingBatch(
  client: RedisClient,
  kind: 'pipeline' | 'multi',
  mender: KeyMender,
): ChainableCommander {
  const batch = client[kind]();
  const sent: Sent[] = [];
  const noting: ChainableCommander = new Proxy(batch, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function' || typeof name !== 'string') return value;
      if (name === 'exec') return () => execMended(target, () => again(client[kind](), sent));
      return (...args: unknown[]): unknown => {
        sent.push([name, args]);
        Reflect.apply(value, target, args);
        return noting;
      };
    },
  });
  return noting;

  async function execMended(first: ChainableCommander, second: () => ChainableCommander) {
    const results = await first.exec();
    const error = results?.find(([failure]) => failure !== null)?.[0];
    if (error == null) return results;
    const args = sent.flatMap((one) => one[1]);
    const resend = () => second().exec();
    return (await mender.mends(error, args)) ? resend() : results;
  }
}

function again(batch: ChainableCommander, sent: readonly Sent[]): ChainableCommander {
  for (const [name, args] of sent) {
    const method: unknown = Reflect.get(batch, name);
    if (typeof method === 'function') Reflect.apply(method, batch, args);
  }
  return batch;
}
