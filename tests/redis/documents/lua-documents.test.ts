import fc from 'fast-check';
import { Redis } from 'ioredis';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Path } from '../../../redis/documents/documents.ts';
import { LuaDocuments } from '../../../redis/documents/lua-documents.ts';
import { type DocumentCommands, DocumentModel, canonical } from '../../support/document-model.ts';
import { describeOnEachRedis, describeOnRedisServer } from '../../support/redis-engines.ts';
import { startRedisServer } from '../../support/redis-server.ts';

const odd = [0.1 + 0.2, 1e21, -0, 0, 2 ** 53, -(2 ** 53) - 2, 5e-324, Number.MAX_VALUE, 1 / 3];
const pathNames = ['a', 'b', '__proto__', 'constructor', 'length', '_1'];
const names = fc.oneof(fc.constantFrom(...pathNames), fc.string({ unit: 'binary', maxLength: 4 }));
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('', '"', '\\', '\\u0000', '\u0000', '{}', '[]', 'null', '\u2028', '😀', '$'),
);
const numbers = fc.oneof(
  fc.constantFrom(...odd),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(numbers, texts, fc.boolean(), fc.constant(null), fc.constant({}), fc.constant([])),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(names, tie('tree'), { maxKeys: 4 }),
  ),
}));
const path = fc
  .array(fc.constantFrom(...pathNames), { maxLength: 3 })
  .map((parts): Path => (parts.length === 0 ? '$' : `$.${parts.join('.')}`));
const key = fc.constantFrom('ac:1', 'ac:2');

interface Command {
  readonly name: string;
  readonly run: (on: DocumentCommands) => Promise<unknown>;
}

const place = fc.tuple(key, path);
const command: fc.Arbitrary<Command> = fc.oneof(
  { arbitrary: fc.tuple(key, path, tree).map(setting), weight: 4 },
  place.map(([k, p]): Command => ({ name: `get ${k} ${p}`, run: (on) => on.get(k, p) })),
  fc.tuple(key, path, tree).map(changing),
);

function setting([k, p, value]: [string, Path, unknown]): Command {
  return { name: `set ${k} ${p} ${JSON.stringify(value)}`, run: (on) => on.set(k, p, value) };
}

function changing([k, p, value]: [string, Path, unknown]): Command {
  const name = `change ${k} ${p} ${JSON.stringify(value)}`;
  return { name, run: (on) => on.change(k, p, (old) => [old, value]) };
}

describeOnEachRedis('LuaDocuments', 1, (redis) => {
  let documents: LuaDocuments;
  beforeEach(async () => {
    await redis().client.flushall();
    documents = new LuaDocuments(redis().client);
  });

  test('equal a simple model after random operations', async () => {
    const runs = fc.array(command, { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(runs, async (steps) => {
        await redis().client.flushall();
        const model = new DocumentModel();
        for (const one of steps) {
          const [found, expected] = [await one.run(documents), await one.run(model)];
          expect(`${one.name}: ${canonical(found)}`).toBe(`${one.name}: ${canonical(expected)}`);
        }
        for (const k of ['ac:1', 'ac:2']) {
          expect(canonical(await documents.get(k, '$'))).toBe(canonical(await model.get(k, '$')));
        }
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  test('are stored as JSON text', async () => {
    await documents.set('ac:1', '$', { name: 'Ада', list: [] });
    await documents.set('ac:1', '$.n', 0.1 + 0.2);
    expect(await redis().client.get('ac:1')).toBe(
      '{"name":"Ада","list":[],"n":0.30000000000000004}',
    );
  });

  test.each(['', 'plain', '{ broken', '{"a":1} x', "{'a':1}", 'NaN', '\ufeff{}'])(
    'the string %j is unreadable and not overwritten',
    async (text) => {
      const { client } = redis();
      await client.set('ac:1', text);
      expect(await documents.get('ac:1', '$')).toEqual({ kind: 'unreadable', cause: 'no JSON' });
      expect((await documents.snapshot('ac:1')).kind).toBe('unreadable');
      expect(await documents.set('ac:1', '$', {})).toBe('wrong_type');
      expect(await documents.delIfUnchanged('ac:1', text)).toBe(false);
      expect(await client.get('ac:1')).toBe(text);
    },
  );

  test('a document deleted during a change is not created again', async () => {
    const { client } = redis();
    await documents.set('ac:1', '$', { n: 1 });
    const ending = documents.change('ac:1', '$.n', () => {
      void client.del('ac:1');
      return 2;
    });
    expect(await ending).toEqual({ kind: 'no_key' });
    expect(await client.exists('ac:1')).toBe(0);
  });
});

describeOnRedisServer('LuaDocuments beside other values', () => {
  test('invalid UTF-8 and other types are unreadable and stay unchanged', async () => {
    const server = await startRedisServer();
    const client = new Redis(server.url);
    const documents = new LuaDocuments(client);
    const bytes = Buffer.from([0x22, 0xff, 0x22]);
    await client.set('bytes', bytes);
    await client.hset('hash', 'a', '1');
    const [ofBytes, ofHash] = [await documents.get('bytes', '$'), await documents.get('hash', '$')];
    expect(ofBytes).toEqual({ kind: 'unreadable', cause: 'no text' });
    expect(ofHash).toEqual({ kind: 'unreadable', cause: 'no string' });
    expect(await documents.set('bytes', '$', 1)).toBe('wrong_type');
    expect(await documents.set('hash', '$', 1)).toBe('wrong_type');
    expect(await client.getBuffer('bytes')).toEqual(bytes);
    expect(await client.type('hash')).toBe('hash');
    client.disconnect();
    await server.stop();
  });
});

describe('the model of documents', () => {
  test('distinguishes empty arrays, empty objects and rounding', () => {
    expect(canonical({ a: [] })).not.toBe(canonical({ a: {} }));
    expect(canonical(0.1 + 0.2)).not.toBe(canonical(0.3));
    expect(canonical({ a: 1, b: 2 })).toBe(canonical({ b: 2, a: 1 }));
  });
});
