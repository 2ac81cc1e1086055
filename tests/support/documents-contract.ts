import { beforeEach, expect, test } from 'vitest';
import type { Documents, Path, Snapshot } from '../../redis/documents/documents.ts';
import type { DocumentsProcess, DocumentsUnderTest } from './document-engines.ts';
import { recordedScenarios } from './json-replies.ts';
import { meaningOf, outcomeOf } from './recorded-outcome.ts';

/** Tests that every document engine must pass. Empties the database before each test. */
export function documentTests(opened: () => DocumentsUnderTest): void {
  let engine: DocumentsUnderTest;
  beforeEach(async () => {
    engine = opened();
    await engine.client.flushdb();
  });

  test.each(recordedScenarios)(
    'commands have the recorded meaning: $scenario',
    async ({ steps }) => {
      for (const step of steps) {
        const outcome = await outcomeOf(engine, step.command);
        expect({ command: step.command, outcome }).toEqual({
          command: step.command,
          outcome: meaningOf(engine, step),
        });
      }
    },
  );

  test('set answers no_key below a missing key and creates none', async () => {
    expect(await engine.documents.set('k', '$.a', 1)).toBe('no_key');
    expect(await engine.client.exists('k')).toBe(0);
  });

  test('set answers no_parent below a missing or scalar parent and changes nothing', async () => {
    await engine.documents.set('k', '$', { a: 1, list: [1] });
    expect(await engine.documents.set('k', '$.x.y', 1)).toBe('no_parent');
    expect(await engine.documents.set('k', '$.a.b', 1)).toBe('no_parent');
    expect(await engine.documents.set('k', '$.list.b', 1)).toBe('no_parent');
    expect(await valueAt(engine.documents, 'k', '$')).toEqual({ a: 1, list: [1] });
  });

  test('a key of another type is unreadable and not overwritten', async () => {
    const { documents, client } = engine;
    await client.set('k', 'plain');
    expect((await documents.get('k', '$')).kind).toBe('unreadable');
    expect(await documents.set('k', '$', {})).toBe('wrong_type');
    expect(await documents.set('k', '$.a', 1)).toBe('wrong_type');
    expect(await documents.numIncrBy('k', '$.a', 1)).toEqual({ kind: 'wrong_type' });
    expect(await client.type('k')).toBe('string');
  });

  test('del removes a member and keeps the others', async () => {
    const { documents } = engine;
    await documents.set('k', '$', { a: { b: 1, c: 2 } });
    expect(await documents.del('k', '$.a.b')).toBe(true);
    expect(await documents.del('k', '$.a.b')).toBe(false);
    expect(await documents.del('nokey', '$.a')).toBe(false);
    expect(await valueAt(documents, 'k', '$')).toEqual({ a: { c: 2 } });
  });

  test('del at the root removes the key', async () => {
    await engine.documents.set('k', '$', { a: 1 });
    expect(await engine.documents.del('k', '$')).toBe(true);
    expect(await engine.client.exists('k')).toBe(0);
  });

  test('delIfStill deletes a document that has not changed since its snapshot', async () => {
    const { documents, client } = engine;
    await documents.set('k', '$', { a: { b: 'ё"\\' }, n: 0.1 + 0.2, list: [] });
    const taken = await documents.snapshot('k');
    expect(taken).toMatchObject({ kind: 'value', value: { a: { b: 'ё"\\' }, list: [] } });
    expect(await documents.delIfUnchanged('k', stampOf(taken))).toBe(true);
    expect(await client.exists('k')).toBe(0);
    expect(await documents.delIfUnchanged('k', stampOf(taken))).toBe(false);
  });

  test('delIfStill keeps a document that has changed since its snapshot', async () => {
    const { documents } = engine;
    await documents.set('k', '$', { a: { b: 1 } });
    const stamp = stampOf(await documents.snapshot('k'));
    await documents.set('k', '$.a.b', 2);
    expect(await documents.delIfUnchanged('k', stamp)).toBe(false);
    expect(await valueAt(documents, 'k', '$')).toEqual({ a: { b: 2 } });
    await documents.set('k', '$.a.b', 1);
    expect(await documents.delIfUnchanged('k', stamp)).toBe(true);
  });

  test('delIfStill keeps a key of another type', async () => {
    const { documents, client } = engine;
    expect(await documents.snapshot('k')).toEqual({ kind: 'no_key' });
    await documents.set('k', '$', {});
    const stamp = stampOf(await documents.snapshot('k'));
    await client.del('k');
    await client.set('k', 'plain');
    expect((await documents.snapshot('k')).kind).toBe('unreadable');
    expect(await documents.delIfUnchanged('k', stamp)).toBe(false);
    expect(await client.exists('k')).toBe(1);
  });

  test('one of ten calls of delIfStill at once deletes the document', async () => {
    const { documents } = engine;
    await documents.set('k', '$', { a: 1 });
    const stamp = stampOf(await documents.snapshot('k'));
    const ends = await Promise.all(
      Array.from({ length: 10 }, () => documents.delIfUnchanged('k', stamp)),
    );
    expect(ends.filter(Boolean)).toHaveLength(1);
  });

  test('get answers null as a value', async () => {
    await engine.documents.set('k', '$', { a: null });
    expect(await engine.documents.get('k', '$.a')).toEqual({ kind: 'value', value: null });
  });

  test('two hundred calls of numIncrBy at once by several processes add up', async () => {
    await engine.documents.set('k', '$', { n: 0, other: [] });
    await Promise.all(atOnce(200, engine, ({ documents }) => documents.numIncrBy('k', '$.n', 1)));
    expect(await valueAt(engine.documents, 'k', '$')).toEqual({ n: 200, other: [] });
  });

  test('set calls of several processes at different paths of one document are all kept', async () => {
    await engine.documents.set('k', '$', {});
    await Promise.all(
      atOnce(40, engine, ({ documents }, index) => documents.set('k', `$.m${index}`, index)),
    );
    const places = Array.from({ length: 40 }, (_, index) => [`m${index}`, index]);
    expect(await valueAt(engine.documents, 'k', '$')).toEqual(Object.fromEntries(places));
  });

  test('numbers keep all digits, and empty objects and arrays stay distinct', async () => {
    const value = {
      numbers: [0.1 + 0.2, 1e21, 2 ** 53, 5e-324, Number.MAX_VALUE, -1.5, 1 / 3],
      empty: { object: {}, array: [], text: '', deep: [[], {}, [[{}]]] },
    };
    await engine.documents.set('k', '$', { value, changed: 1 });
    await engine.documents.set('k', '$.changed', 0.1);
    expect(await engine.documents.numIncrBy('k', '$.changed', 0.2)).toEqual({
      kind: 'value',
      value: 0.1 + 0.2,
    });
    expect(await valueAt(engine.documents, 'k', '$.value')).toEqual(value);
  });

  test('writes below the root keep the TTL', async () => {
    const { documents, client } = engine;
    await documents.set('k', '$', { n: 1, gone: 1 });
    await client.expire('k', 600);
    await documents.set('k', '$.n', 2);
    await documents.numIncrBy('k', '$.n', 1);
    await documents.change('k', '$.n', () => 4);
    await documents.del('k', '$.gone');
    expect(await client.ttl('k')).toBeGreaterThan(590);
    expect(await valueAt(documents, 'k', '$')).toEqual({ n: 4 });
  });

  test('change passes the current value to the callback and answers the new one', async () => {
    const { documents } = engine;
    await documents.set('k', '$', { a: { b: [1], c: {} } });
    const seen: unknown[] = [];
    const longer = await documents.change('k', '$.a', (value) => {
      seen.push(value);
      return { b: [], c: 'x' };
    });
    expect(longer).toEqual({ kind: 'value', value: { b: [], c: 'x' } });
    expect(seen).toEqual([{ b: [1], c: {} }]);
    expect(await valueAt(documents, 'k', '$')).toEqual({ a: { b: [], c: 'x' } });
  });

  test('change rejects and writes nothing when the callback raises, and the next change runs', async () => {
    const { documents } = engine;
    await documents.set('k', '$', { n: 1 });
    const refusing = documents.change('k', '$.n', () => {
      throw new RangeError('not now');
    });
    const next = documents.change('k', '$.n', (value) => Number(value) + 1);
    await expect(refusing).rejects.toThrow(RangeError);
    expect(await next).toEqual({ kind: 'value', value: 2 });
  });

  test('change does not call the callback for a missing key or path or another type', async () => {
    const { documents, client } = engine;
    const uncalled = () => expect.unreachable('callback called');
    expect(await documents.change('k', '$.n', uncalled)).toEqual({ kind: 'no_key' });
    await documents.set('k', '$', { a: 1 });
    expect(await documents.change('k', '$.n', uncalled)).toEqual({ kind: 'no_path' });
    await client.set('plain', 'x');
    expect((await documents.change('plain', '$', uncalled)).kind).toBe('unreadable');
    expect(await valueAt(documents, 'k', '$')).toEqual({ a: 1 });
    expect(await client.get('plain')).toBe('x');
  });

  test('changes of several processes at once build on each other', async () => {
    await engine.documents.set('k', '$', { list: [] });
    await Promise.all(
      atOnce(60, engine, ({ documents }, index) =>
        documents.change('k', '$.list', (list) => [...(list as unknown[]), index]),
      ),
    );
    const list = (await valueAt(engine.documents, 'k', '$.list')) as number[];
    expect(list.toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: 60 }, (_, index) => index),
    );
  });

  test.each(['', '$..a', '$.a[0]', '$.*', "$['a']", '$.a-b', '$.a.', '.a', 'a', '$.a b'])(
    'an indefinite path %j is refused',
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
  ])('set refuses %s', async (_, value) => {
    await expect(engine.documents.set('k', '$', value)).rejects.toThrow(TypeError);
    expect(await engine.client.exists('k')).toBe(0);
  });
}

/** Runs the step `count` times at once, the processes in turn. */
function atOnce(
  count: number,
  { processes }: DocumentsUnderTest,
  step: (process: DocumentsProcess, index: number) => Promise<unknown>,
): Promise<unknown>[] {
  return Array.from({ length: count }, (_, index) => {
    const process = processes[index % processes.length];
    if (process === undefined) throw new Error('no process');
    return step(process, index);
  });
}

function stampOf(snapshot: Snapshot): string {
  if (snapshot.kind === 'value') return snapshot.stamp;
  throw new Error(`no snapshot: ${snapshot.kind}`);
}

async function valueAt(documents: Documents, key: string, path: Path): Promise<unknown> {
  const reading = await documents.get(key, path);
  return reading.kind === 'value' ? reading.value : reading;
}
