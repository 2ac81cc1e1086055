import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Documents, Path, Snapshot } from '../../../redis/documents/documents.ts';
import { JsonModuleDocuments } from '../../../redis/documents/json-module.ts';
import { openInProcessRedis } from '../../../redis/in-process-redis.ts';
import { type RecordedStep, recordedScenarios } from '../../support/json-replies.ts';
import { type Dialect, startJsonServer } from '../../support/redis-json-server.ts';

interface Engine {
  readonly client: Redis;
  readonly documents: Documents;
  close(): Promise<void>;
}

const engines: { name: string; open: () => Promise<Engine> }[] = [
  { name: 'in-process', open: openInProcess },
  { name: 'JSON module, RedisJSON dialect', open: () => openModule('redisjson') },
  { name: 'JSON module, Valkey dialect', open: () => openModule('valkey') },
];

describe.each(engines)('documents by $name', ({ open }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine.close());
  beforeEach(() => engine.client.flushall());

  test.each(recordedScenarios)('mean what servers recorded: $scenario', async ({ steps }) => {
    for (const step of steps) {
      const outcome = await outcomeOf(engine, step.command);
      expect({ command: step.command, outcome }).toEqual({
        command: step.command,
        outcome: meaningOf(step),
      });
    }
  });

  test('a path below a missing key is refused and creates no key', async () => {
    expect(await engine.documents.set('k', '$.a', 1)).toBe('no_key');
    expect(await engine.client.exists('k')).toBe(0);
  });

  test('a path below a missing or scalar parent is refused and changes nothing', async () => {
    await engine.documents.set('k', '$', { a: 1, list: [1] });
    expect(await engine.documents.set('k', '$.x.y', 1)).toBe('no_parent');
    expect(await engine.documents.set('k', '$.a.b', 1)).toBe('no_parent');
    expect(await engine.documents.set('k', '$.list.b', 1)).toBe('no_parent');
    expect(await valueAt(engine.documents, 'k', '$')).toEqual({ a: 1, list: [1] });
  });

  test('a key of another type is unreadable, not absent, and is not overwritten', async () => {
    const { documents, client } = engine;
    await client.set('k', 'plain');
    expect((await documents.get('k', '$')).kind).toBe('unreadable');
    expect(await documents.set('k', '$', {})).toBe('wrong_type');
    expect(await documents.set('k', '$.a', 1)).toBe('wrong_type');
    expect(await documents.numIncrBy('k', '$.a', 1)).toEqual({ kind: 'wrong_type' });
    expect(await client.type('k')).toBe('string');
  });

  test('one key of another type does not hide the other documents of an mget', async () => {
    const { documents, client } = engine;
    await client.set('plain', 'x');
    await documents.set('k', '$', { a: 7 });
    const readings = await documents.mget(['k', 'plain', 'none'], '$.a');
    expect(readings[0]).toEqual({ kind: 'value', value: 7 });
    expect(readings.slice(1).map(({ kind }) => kind)).not.toContain('value');
    expect(readings).toHaveLength(3);
  });

  test('del takes a member and leaves its neighbours', async () => {
    const { documents } = engine;
    await documents.set('k', '$', { a: { b: 1, c: 2 } });
    expect(await documents.del('k', '$.a.b')).toBe(true);
    expect(await documents.del('k', '$.a.b')).toBe(false);
    expect(await documents.del('nokey', '$.a')).toBe(false);
    expect(await valueAt(documents, 'k', '$')).toEqual({ a: { c: 2 } });
  });

  test('del at the root takes the key', async () => {
    await engine.documents.set('k', '$', { a: 1 });
    expect(await engine.documents.del('k', '$')).toBe(true);
    expect(await engine.client.exists('k')).toBe(0);
  });

  test('a snapshot is the document, and lets it be deleted while it is the same', async () => {
    const { documents, client } = engine;
    await documents.set('k', '$', { a: { b: 'ё"\\' }, n: 0.1 + 0.2, list: [] });
    const taken = await documents.snapshot('k');
    expect(taken).toMatchObject({ kind: 'value', value: { a: { b: 'ё"\\' }, list: [] } });
    expect(await documents.delIfStill('k', stampOf(taken))).toBe(true);
    expect(await client.exists('k')).toBe(0);
    expect(await documents.delIfStill('k', stampOf(taken))).toBe(false);
  });

  test('a document changed since its snapshot stays as it was changed', async () => {
    const { documents } = engine;
    await documents.set('k', '$', { a: { b: 1 } });
    const stamp = stampOf(await documents.snapshot('k'));
    await documents.set('k', '$.a.b', 2);
    expect(await documents.delIfStill('k', stamp)).toBe(false);
    expect(await valueAt(documents, 'k', '$')).toEqual({ a: { b: 2 } });
    await documents.set('k', '$.a.b', 1);
    expect(await documents.delIfStill('k', stamp)).toBe(true);
  });

  test('what is no document has no stamp and is not deleted by one', async () => {
    const { documents, client } = engine;
    expect(await documents.snapshot('k')).toEqual({ kind: 'no_key' });
    await documents.set('k', '$', {});
    const stamp = stampOf(await documents.snapshot('k'));
    await client.del('k');
    await client.set('k', 'plain');
    expect((await documents.snapshot('k')).kind).toBe('unreadable');
    expect(await documents.delIfStill('k', stamp)).toBe(false);
    expect(await client.exists('k')).toBe(1);
  });

  test('of many who delete the same at once, one does', async () => {
    const { documents } = engine;
    await documents.set('k', '$', { a: 1 });
    const stamp = stampOf(await documents.snapshot('k'));
    const ends = await Promise.all(
      Array.from({ length: 10 }, () => documents.delIfStill('k', stamp)),
    );
    expect(ends.filter(Boolean)).toHaveLength(1);
  });

  test('null is a value and not an absence', async () => {
    await engine.documents.set('k', '$', { a: null });
    expect(await engine.documents.get('k', '$.a')).toEqual({ kind: 'value', value: null });
  });

  test('a hundred increments at once all count', async () => {
    await engine.documents.set('k', '$', { n: 0 });
    await Promise.all(Array.from({ length: 100 }, () => engine.documents.numIncrBy('k', '$.n', 1)));
    expect(await valueAt(engine.documents, 'k', '$.n')).toBe(100);
  });

  test.each(['', '$..a', '$.a[0]', '$.*', "$['a']", '$.a-b', '$.a.', '.a', 'a', '$.a b'])(
    'the path %j is not definite and is refused',
    async (path) => {
      await engine.documents.set('k', '$', { a: [1] });
      const indefinite = path as Path;
      await expect(engine.documents.get('k', indefinite)).rejects.toThrow(TypeError);
      await expect(engine.documents.set('k', indefinite, 1)).rejects.toThrow(TypeError);
      await expect(engine.documents.del('k', indefinite)).rejects.toThrow(TypeError);
    },
  );

  test.each([
    ['undefined', undefined],
    ['NaN', { a: [Number.NaN] }],
    ['an infinity', Number.POSITIVE_INFINITY],
    ['half a character', { name: 'x\ud800' }],
  ])('%s cannot be stored', async (_, value) => {
    await expect(engine.documents.set('k', '$', value)).rejects.toThrow(TypeError);
    expect(await engine.client.exists('k')).toBe(0);
  });
});

async function openInProcess(): Promise<Engine> {
  const { client, documents } = await openInProcessRedis();
  const close = async () => {
    await client.quit();
  };
  return { client, documents, close };
}

async function openModule(dialect: Dialect): Promise<Engine> {
  const server = await startJsonServer(dialect);
  const client = new Redis(server.url);
  const close = async () => {
    client.disconnect();
    await server.stop();
  };
  return { client, documents: new JsonModuleDocuments(client), close };
}

function stampOf(snapshot: Snapshot): string {
  if (snapshot.kind === 'value') return snapshot.stamp;
  throw new Error(`There is no snapshot: ${snapshot.kind}`);
}

async function valueAt(documents: Documents, key: string, path: Path): Promise<unknown> {
  const reading = await documents.get(key, path);
  return reading.kind === 'value' ? reading.value : reading;
}

/** What a recorded command gives through the interface, in the words of `meaningOf`. */
async function outcomeOf({ client, documents }: Engine, command: string[]): Promise<unknown> {
  const [name = '', key = '', ...rest] = command;
  const path = (command[0] === 'JSON.MGET' ? command.at(-1) : rest[0]) as Path;
  switch (name) {
    case 'JSON.SET':
      return (await documents.set(key, path, JSON.parse(rest[1] ?? ''))) === 'written';
    case 'JSON.GET':
      return readingWord(await documents.get(key, path));
    case 'JSON.DEL':
      return Number(await documents.del(key, path));
    case 'JSON.MGET':
      return (await documents.mget(command.slice(1, -1), path)).map(readingWord);
    case 'JSON.NUMINCRBY': {
      const reply = await documents.numIncrBy(key, path, Number(rest[1]));
      return reply.kind === 'value' ? reply.value : reply.kind;
    }
    case 'SET':
      return client.set(key, rest[0] ?? '');
    case 'EXISTS':
      return client.exists(key);
    case 'TYPE':
      return client.type(key);
    default:
      throw new Error(`The fixture holds an unknown command: ${name}`);
  }
}

function readingWord(reading: Awaited<ReturnType<Documents['get']>>): unknown {
  if (reading.kind === 'value') return { value: reading.value };
  return reading.kind === 'no_path' ? 'no_path' : 'nothing';
}

/** What the recorded reply means: both dialects mean the same. */
function meaningOf({ command, reply, redisjson }: RecordedStep): unknown {
  const [name = ''] = command;
  switch (name) {
    case 'JSON.SET':
      return reply.type === 'string';
    case 'JSON.NUMINCRBY':
      if (reply.type !== 'string') return 'no_key';
      return firstOf(reply.value) ?? 'no_number';
    case 'JSON.MGET': {
      const many = redisjson ?? reply;
      return many.type === 'array' ? many.value.map(readingMeaning) : many.type;
    }
    case 'JSON.GET':
      return readingMeaning(reply);
    default:
      return 'value' in reply ? reply.value : reply.type;
  }
}

function readingMeaning(reply: { type: string; value?: unknown }): unknown {
  if (typeof reply.value !== 'string') return 'nothing';
  return reply.value === '[]' ? 'no_path' : { value: firstOf(reply.value) };
}

function firstOf(text: string): unknown {
  const matches = JSON.parse(text) as unknown[];
  return matches[0];
}
