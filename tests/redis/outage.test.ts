import { once } from 'node:events';
import { createServer } from 'node:net';
import { Redis, type RedisOptions } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { execReplies } from '../../redis/exec-replies.ts';
import { outageOf } from '../../redis/outage.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { freePort, startRedisServer } from '../support/redis-server.ts';

/** The rejection of the work. */
async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  );
}

test.each([null, 'OOM', new Error('OOM'), new TypeError('x is undefined')])(
  'outageOf returns null for an error of another kind: %s',
  (error) => {
    expect(outageOf(error)).toBeNull();
  },
);

test.each<RedisOptions>([{ maxRetriesPerRequest: 0 }, { retryStrategy: () => null }])(
  'an unreachable server is an outage: %o',
  async (options) => {
    const client = new Redis({ port: await freePort(), ...options });
    client.on('error', () => null);
    onTestFinished(() => {
      client.disconnect();
    });
    expect(outageOf(await failure(client.get('a')))).toBe('no answer');
  },
);

test('a connection that breaks during a pipeline is an outage', async () => {
  const server = createServer((socket) => {
    socket.once('data', () => socket.end('+OK\r\n'));
  }).listen(await freePort(), '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const client = new Redis({ port, enableReadyCheck: false, disableClientInfo: true });
  onTestFinished(() => {
    client.disconnect();
    server.close();
  });
  const batch = execReplies(client.pipeline().get('a').get('b'));
  expect(outageOf(await failure(batch))).toBe('no answer');
});

test.each([
  ["-OOM command not allowed when used memory > 'maxmemory'.", 'OOM'],
  ["-READONLY You can't write against a read only replica.", 'READONLY'],
  ['WRONGTYPE Operation against a key', null],
])('a refused script of Redis 6 gives the reason: %s', (words, reason) => {
  const message = `ERR Error running script (call to f_1b93): @user_script:21: ${words}`;
  expect(outageOf(Object.assign(new Error(message), { name: 'ReplyError' }))).toBe(reason);
});

describeOnRedisServer('a server', () => {
  const open = async (settings: readonly string[]) => {
    const server = await startRedisServer({ settings });
    onTestFinished(() => server.stop());
    const client = new Redis(server.url);
    onTestFinished(() => {
      client.disconnect();
    });
    return client;
  };

  test('without free memory is an outage for a command, a script and a transaction', async () => {
    const client = await open(['--maxmemory', '1', '--maxmemory-policy', 'noeviction']);
    expect(outageOf(await failure(client.set('a', 1)))).toBe('OOM');
    const script = client.eval("return redis.call('SET', KEYS[1], 1)", 1, 'a');
    expect(outageOf(await failure(script))).toBe('OOM');
    expect(outageOf(await failure(client.multi().get('a').set('a', 1).exec()))).toBe('OOM');
  });

  test('that is a replica is an outage for a write', async () => {
    const client = await open(['--replicaof', '127.0.0.1', '1']);
    expect(outageOf(await failure(client.set('a', 1)))).toBe('READONLY');
  });

  test('that refuses a wrong command is no outage', async () => {
    const client = await open([]);
    await client.set('a', 1);
    expect(outageOf(await failure(client.hget('a', 'b')))).toBeNull();
    const batch = client.multi().call('NONSENSE').get('a').exec();
    expect(outageOf(await failure(batch))).toBeNull();
  });
});
