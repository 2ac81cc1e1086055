import { once } from 'node:events';
import { type Server, createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { silentLog } from '../support/silent-log.ts';
import { type ConnectOptions, type Connection, connectRedis } from '../../redis/connect.ts';
import { RedisStartError } from '../../redis/redis-start-error.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { type Dialect, startJsonServer } from '../support/redis-json-server.ts';
import { freePort, startRedisServer } from '../support/redis-server.ts';

const atEnd: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of atEnd.splice(0).reverse()) await step();
});

describe('without a REDIS_URL', () => {
  test('the in-process Redis stores keys and documents', async () => {
    const { client, documents, engine } = await connected({ url: null });
    await documents.set('ac:1', '$', { a: 1 });
    await client.set('plain', 'x');
    expect(engine).toBe('in-process');
    expect(await documents.get('ac:1', '$.a')).toEqual({ kind: 'value', value: 1 });
    expect(await client.get('plain')).toBe('x');
  });

  test('two unnamed in-process Redis instances share no keys', async () => {
    const one = await connected({ url: null });
    const other = await connected({ url: null });
    await one.client.set('k', '1');
    expect(await other.client.get('k')).toBeNull();
  });

  test('in-process instances of one name share keys, which remain after both are closed', async () => {
    const one = await connected({ url: null, inProcessName: 'shared' });
    const other = await connected({ url: null, inProcessName: 'shared' });
    await one.documents.set('ac:1', '$', { a: 1 });
    expect(await other.documents.get('ac:1', '$.a')).toEqual({ kind: 'value', value: 1 });
    await one.close();
    await other.close();
    const later = await connected({ url: null, inProcessName: 'shared' });
    expect(await later.client.exists('ac:1')).toBe(1);
  });
});

describe('with a server that has a JSON module', () => {
  test.each<Dialect>(['redisjson', 'valkey'])(
    'documents use JSON commands (%s) and the log names the engine',
    async (dialect) => {
      const server = await jsonServer(dialect);
      const log = new RecordingLog();
      const { documents, engine } = await connected({ url: server.url, log });
      await documents.set('ac:1', '$', { a: 1 });
      expect(await documents.get('ac:1', '$.a')).toEqual({ kind: 'value', value: 1 });
      expect(engine).toBe('json-module');
      expect(server.received).toContain('JSON.SET ac:1 $ {"a":1}');
      expect(log.lines.map(({ facts }) => facts)).toEqual([
        { redis: new URL(server.url).host, documents: 'json-module' },
      ]);
    },
  );

  test('detecting the module writes no key', async () => {
    const server = await jsonServer('valkey');
    await connected({ url: server.url });
    expect(server.received.filter((line) => /^(JSON\.)?SET/.test(line))).toEqual([]);
  });

  test('an outage and its end are logged once each', async () => {
    const server = await jsonServer('valkey');
    const log = new RecordingLog();
    const { client } = await connected({ url: server.url, log });
    const { host, port } = new URL(server.url);
    const down = log.next('redis unavailable');
    const up = log.next('redis available again');
    await server.stop();
    await down;
    await expect(client.ping()).rejects.toThrow();
    await jsonServer('valkey', Number(port));
    await up;
    expect(await client.ping()).toBe('PONG');
    expect(log.lines.slice(1).map(({ level, facts }) => [level, facts])).toEqual([
      ['warn', { redis: host, reason: 'ECONNREFUSED' }],
      ['info', { redis: host }],
    ]);
  });
});

describe('with a server that cannot be used', () => {
  test('a server that refuses JSON commands fails the start with one line that says what to do', async () => {
    const server = await jsonServer('valkey');
    server.refuseNext('JSON.GET', "NOPERM this user has no permissions to run 'json.get'");
    const error = await refusal({ url: server.url });
    expect(error.message).toMatch(/refuses JSON commands \(NOPERM/);
    expect(error.message).toContain('REDIS_URL');
    expect(error.message).not.toContain('\n');
  });

  test('an unreachable server fails the start within the timeout, named by host and port', async () => {
    const port = await freePort();
    const error = await refusal({
      url: `redis://me:secret@127.0.0.1:${port}/2`,
      startTimeoutMs: 1_000,
    });
    expect(error.message).toContain(`127.0.0.1:${port} (ECONNREFUSED)`);
    expect(error.message).toContain('REDIS_URL');
    expect(error.message).not.toContain('secret');
    expect(error.message).not.toContain('\n');
  });

  test('a server that never replies fails the start within the timeout', async () => {
    const port = await silentServer();
    const error = await refusal({ url: `redis://127.0.0.1:${port}`, startTimeoutMs: 150 });
    expect(error.message).toContain(`127.0.0.1:${port} (no answer)`);
  });

  test.each(['localhost:6379', 'http://secret@host', 'redis://', 'my secret'])(
    'the address %j is refused and not repeated in the error',
    async (url) => {
      const error = await refusal({ url });
      expect(error.message).toContain('REDIS_URL is no Redis address');
      expect(error.message).not.toContain('secret');
    },
  );
});

describeOnRedisServer('with the Redis of this machine', () => {
  test('documents use its JSON module, or text without one, and the log says which', async () => {
    const server = await startRedisServer();
    atEnd.push(() => server.stop());
    const log = new RecordingLog();
    const { client, documents, engine } = await connected({ url: server.url, log });
    expect(await client.dbsize()).toBe(0);
    await documents.set('ac:1', '$', { a: 1 });
    await documents.set('ac:1', '$.a', 2);
    expect(await documents.get('ac:1', '$.a')).toEqual({ kind: 'value', value: 2 });
    const modules = JSON.stringify(await client.call('MODULE', 'LIST'));
    const expected = /json/i.test(modules) ? 'json-module' : 'lua';
    expect(engine).toBe(expected);
    expect(log.lines.map(({ level, facts }) => [level, facts])).toEqual([
      ['info', { redis: `127.0.0.1:${server.port}`, documents: expected }],
    ]);
  });

  test('a database that the server does not have fails the start with one line that names it', async () => {
    const server = await startRedisServer({ settings: ['--databases', '1'] });
    atEnd.push(() => server.stop());
    const error = await refusal({ url: `${server.url}/1` });
    expect(error.message).toContain(`127.0.0.1:${server.port} refuses database 1`);
    expect(error.message).toContain('REDIS_URL');
    expect(error.message).not.toContain('\n');
  });

  test('a database that the server lost with a restart is never replaced by database 0', async () => {
    const server = await startRedisServer();
    const { client } = await connected({ url: `${server.url}/1` });
    await client.set('k', '1');
    await server.stop();
    const { port } = server;
    const smaller = await startRedisServer({ port, settings: ['--databases', '1'] });
    atEnd.push(() => smaller.stop());
    await expect(client.set('k', '2')).rejects.toThrow();
    const { client: other } = await connected({ url: smaller.url });
    expect(await other.dbsize()).toBe(0);
  });

  test.each(['redis://127.0.0.1', 'redis://:wrong-secret@127.0.0.1'])(
    'a missing or wrong password fails at once and is never shown: %s',
    async (address) => {
      const server = await startRedisServer({ password: 'right-secret' });
      atEnd.push(() => server.stop());
      const log = new RecordingLog();
      const error = await refusal({ url: `${address}:${server.port}`, log });
      expect(error.message).toMatch(/\((NOAUTH|WRONGPASS)\)/);
      expect(`${error.message} ${JSON.stringify(log.lines)}`).not.toContain('secret');
    },
  );
});

async function connected(options: Omit<ConnectOptions, 'log'> & Partial<ConnectOptions>) {
  const connection: Connection = await connectRedis({ log: silentLog, ...options });
  atEnd.push(() => connection.close());
  return connection;
}

async function refusal(options: Parameters<typeof connected>[0]): Promise<RedisStartError> {
  const outcome: unknown = await connected(options).catch((error: unknown) => error);
  if (outcome instanceof RedisStartError) return outcome;
  throw new Error(`Expected a RedisStartError, got ${String(outcome)}`);
}

async function jsonServer(dialect: Dialect, port?: number) {
  const server = await startJsonServer(dialect, port);
  atEnd.push(() => server.stop());
  return server;
}

async function silentServer(): Promise<number> {
  const server: Server = createServer((socket) => {
    atEnd.push(async () => {
      await Promise.resolve(socket.destroy());
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd.push(async () => {
    server.close();
    await once(server, 'close');
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
