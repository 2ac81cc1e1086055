import { describe, expect, onTestFinished, test } from 'vitest';
import { type Connection, connectRedis } from '../../redis/connect.ts';
import { FixedClock } from '../support/clock.ts';
import { keys } from '../../redis/keys.ts';
import { ArenaManager } from '../../redis/managers/arena-manager.ts';
import { describeOnEachRedisUrl } from '../support/redis-engines.ts';
import { type Dialect, startJsonServer } from '../support/redis-json-server.ts';
import { silentLog } from '../support/silent-log.ts';

/** Two with wildcards, one that the others begin with, and none. */
const PREFIXES = ['x*[?\\^$.|+(é😀:', 'x*', 'x', ''] as const;

async function openEach(url: string | null): Promise<Connection[]> {
  const inProcessName = `prefixes-${performance.now()}`;
  const open = async (prefix: string) => {
    const connection = await connectRedis({ url, inProcessName, prefix, log: silentLog });
    onTestFinished(() => connection.close());
    return connection;
  };
  return Promise.all(PREFIXES.map(open));
}

async function expectDocumentsApart(connections: readonly Connection[]): Promise<void> {
  for (const [index, { documents }] of connections.entries()) {
    expect(await documents.create('ac:1', { index })).toBe('created');
  }
  for (const [index, { documents }] of connections.entries()) {
    const change = (value: unknown) => ({ was: value });
    await documents.change('ac:1', '$', change);
    expect(await documents.get('ac:1', '$.was.index')).toEqual({ kind: 'value', value: index });
    await documents.set('ac:1', '$.was.index', 7);
    const read = await documents.snapshot('ac:1');
    const stamp = read.kind === 'value' ? read.stamp : '';
    expect(await documents.delIfUnchanged('ac:1', stamp)).toBe(true);
  }
}

describeOnEachRedisUrl('clients of different prefixes on one server', (url) => {
  test('have separate documents', async () => {
    await expectDocumentsApart(await openEach(url()));
  });

  test('find only their own characters in a match', async () => {
    const opened = await openEach(url());
    for (const [index, { client }] of opened.entries()) {
      await client.set(keys.sides('m'), `${index + 1}`);
      await client.set(keys.seat(index + 1), 'm');
    }
    for (const [index, { client }] of opened.entries()) {
      const arena = new ArenaManager({ client, clock: new FixedClock(), log: silentLog });
      expect(await arena.getSeated('m')).toEqual([index + 1]);
    }
  });
});

describe('clients of different prefixes on a server that has a JSON module', () => {
  test.each<Dialect>(['redisjson', 'valkey'])('have separate documents (%s)', async (dialect) => {
    const server = await startJsonServer(dialect);
    onTestFinished(() => server.stop());
    const connections = await openEach(server.url);
    expect(new Set(connections.map(({ engine }) => engine))).toEqual(new Set(['json-module']));
    await expectDocumentsApart(connections.slice(1));
    for (const prefix of PREFIXES) {
      expect(server.received).toContain(`JSON.GET ${prefix}ac:probe $`);
    }
  });
});
