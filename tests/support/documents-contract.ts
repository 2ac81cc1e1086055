import { beforeEach, expect, test } from 'vitest';
import type { Documents, Path, Snapshot } from '../../redis/documents/documents.ts';
import type { DocumentsProcess, DocumentsUnderTest } from './document-engines.ts';
import { recordedScenarios } from './json-replies.ts';
import { meaningOf, outcomeOf } from './recorded-outcome.ts';

/** What documents do, whichever engine keeps them. Empties the database before every test. */
export function documentTests(opened: () => DocumentsUnderTest): void {
  let engine: DocumentsUnderTest;
  beforeEach(async () => {
    engine = opened();
    await engine.client.flushdb();
  });

  test.each(recordedScenarios)('mean what servers recorded: $scenario', async ({ steps }) => {
    for (const step of steps) {
      const outcome = await outcomeOf(engine, step.command);
      expect({ command: step.command, outcome }).toEqual({
        command: step.command,
        outcome: meaningOf(engine, step),
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
    expect(await documents.delIfUnchanged('k', stampOf(taken))).toBe(true);
    expect(await client.exists('k')).toBe(0);
    expect(await documents.delIfUnchanged('k', stampOf(taken))).toBe(false);
  });

  test('a document changed since its snapshot stays as it was changed', async () => {
    const { documents } = engine;
    await documents.set('k', '$', { a: { b: 1 } });
    const stamp = stampOf(await documents.snapshot('k'));
    await documents.set('k', '$.a.b', 2);
    expect(await documents.delIfUnchanged('k', stamp)).toBe(false);
    expect(await valueAt(documents, 'k', '$')).toEqual({ a: { b: 2 } });
    await documents.set('k', '$.a.b', 1);
    expect(await documents.delIfUnchanged('k', stamp)).toBe(true);
  });

  test('what is no document has no stamp and is not deleted by one', async () => {
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

  test('of many who delete the same at once, one does', async () => {
    const { documents } = engine;
    await documents.set('k', '$', { a: 1 });
    const stamp = stampOf(await documents.snapshot('k'));
    const ends = await Promise.all(
      Array.from({ length: 10 }, () => documents.delIfUnchanged('k', stamp)),
    );
    expect(ends.filter(Boolean)).toHaveLength(1);
  });

  test('null is a value and not an absence', async () => {
    await engine.documents.set('k', '$', { a: null });
    expect(await engine.documents.get('k', '$.a')).toEqual({ kind: 'value', value: null });
  });

  test('two hundred increments at once, of several processes, all count', async () => {
    await engine.documents.set('k', '$', { n: 0, other: [] });
    await Promise.all(atOnce(200, engine, ({ documents }) => documents.numIncrBy('k', '$.n', 1)));
    expect(await valueAt(engine.documents, 'k', '$')).toEqual({ n: 200, other: [] });
  });

  test('writes of several processes to different places of one document all last', async () => {
    await engine.documents.set('k', '$', {});
    await Promise.all(
      atOnce(40, engine, ({ documents }, index) => documents.set('k', `$.m${index}`, index)),
    );
    const places = Array.from({ length: 40 }, (_, index) => [`m${index}`, index]);
    expect(await valueAt(engine.documents, 'k', '$')).toEqual(Object.fromEntries(places));
  });

  test('numbers keep their last digit, and empty objects and arrays are told apart', async () => {
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

  test('how long a document lives is not changed by any write below its root', async () => {
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

  test('a change is made of what is there, and answers what it made', async () => {
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

  test('a change that raises changes nothing, and does not stand in the way of the next', async () => {
    const { documents } = engine;
    await documents.set('k', '$', { n: 1 });
    const refusing = documents.change('k', '$.n', () => {
      throw new RangeError('not now');
    });
    const next = documents.change('k', '$.n', (value) => Number(value) + 1);
    await expect(refusing).rejects.toThrow(RangeError);
    expect(await next).toEqual({ kind: 'value', value: 2 });
  });

  test('where there is nothing to change, nobody is asked and nothing is made', async () => {
    const { documents, client } = engine;
    const unasked = () => expect.unreachable('There is nothing to decide on');
    expect(await documents.change('k', '$.n', unasked)).toEqual({ kind: 'no_key' });
    await documents.set('k', '$', { a: 1 });
    expect(await documents.change('k', '$.n', unasked)).toEqual({ kind: 'no_path' });
    await client.set('plain', 'x');
    expect((await documents.change('plain', '$', unasked)).kind).toBe('unreadable');
    expect(await valueAt(documents, 'k', '$')).toEqual({ a: 1 });
    expect(await client.get('plain')).toBe('x');
  });

  test('changes of several processes at once are each made of the one before', async () => {
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
}

/** The step taken so many times at once, by one process after the other. */
function atOnce(
  count: number,
  { processes }: DocumentsUnderTest,
  step: (process: DocumentsProcess, index: number) => Promise<unknown>,
): Promise<unknown>[] {
  return Array.from({ length: count }, (_, index) => {
    const process = processes[index % processes.length];
    if (process === undefined) throw new Error('There is no process');
    return step(process, index);
  });
}

function stampOf(snapshot: Snapshot): string {
  if (snapshot.kind === 'value') return snapshot.stamp;
  throw new Error(`There is no snapshot: ${snapshot.kind}`);
}

async function valueAt(documents: Documents, key: string, path: Path): Promise<unknown> {
  const reading = await documents.get(key, path);
  return reading.kind === 'value' ? reading.value : reading;
}
