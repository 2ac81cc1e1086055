import { Redis } from 'ioredis';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { connectRedis } from '../../redis/connect.ts';
import { reconnectRule } from '../../redis/reconnect-on-error.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { silentLog } from '../support/silent-log.ts';
import { openTcpProxy } from '../support/tcp-proxy.ts';

describeOnRedisServer('a Redis behind one name', () => {
  test.each<[string, (client: Redis) => Promise<unknown>]>([
    ['a command', (client) => client.set('k', '1')],
    ['a script', (client) => client.eval("redis.call('SET', KEYS[1], '1')", 1, 'k')],
    ['a transaction', (client) => client.multi().set('k', '1').exec()],
  ])('%s is written again after its primary was demoted in place', async (_, write) => {
    const [old, next] = [await server(), await server()];
    const proxy = await openTcpProxy(old.port);
    const client = await connected(proxy.port);
    await write(client);
    await admin(old.port).replicaof('127.0.0.1', next.port);
    proxy.pointTo(next.port);
    await expect(write(client)).rejects.toThrow(/READONLY|EXECABORT/);
    const isWritten = async () => {
      await write(client).catch(() => null);
      expect(await admin(next.port).get('k')).toBe('1');
    };
    await vi.waitFor(isWritten, { timeout: 30_000, interval: 50 });
  });
});

describe('reconnectRule', () => {
  test('connects again once a second at most while the name leads to a replica', () => {
    let nowMs = 0;
    const isReconnected = reconnectRule(() => nowMs);
    const reply = replyError("READONLY You can't write against a read only replica.");
    expect([isReconnected(reply), isReconnected(reply)]).toEqual([true, false]);
    nowMs = 1_000;
    expect(isReconnected(reply)).toBe(true);
  });

  test.each(['OOM command not allowed', 'WRONGTYPE Operation', 'NOSCRIPT No matching script'])(
    'keeps the connection after the reply %s',
    (message) => {
      expect(reconnectRule()(replyError(message))).toBe(false);
    },
  );
});

const replyError = (message: string) => Object.assign(new Error(message), { name: 'ReplyError' });

async function server() {
  const running = await startRedisServer();
  onTestFinished(() => running.kill());
  return running;
}

async function connected(port: number): Promise<Redis> {
  const connection = await connectRedis({ url: `redis://127.0.0.1:${port}`, log: silentLog });
  onTestFinished(() => connection.close());
  if (!(connection.client instanceof Redis)) throw new Error('Expected a single client');
  return connection.client;
}

function admin(port: number): Redis {
  const client = new Redis(port, '127.0.0.1');
  onTestFinished(() => {
    client.disconnect();
  });
  return client;
}
