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

  test.each(recordedScenarios)('reply as the recorded servers: $scenario', async ({ steps }) => {
    for (const step of steps) {
      const outcome = await outcomeOf(engine, step.command);
      expect({ command: step.command, outcome }).toEqual({
        command: step.command,
        outcome: meaningOf(engine, step),
      });
    }
  });

  test('set below a missing key returns no_key and creates nothing', async () => {
    expect(await engine.documents.set('k', '$.a', 1)).toBe('no_key');
    expect(await engine.client.exists('k')).toBe(0);
  });

  test('set below a missing or scalar parent returns no_parent and changes nothing', async () => {
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
    expect(await client.type('k')).toBe('string');
  });

  test('delIfUnchanged deletes the document of the snapshot', async () => {
    const { documents, client } = engine;
    await documents.set('k', '$', { a: { b: 'ё"\\' }, n: 0.1 + 0.2, list: [] });
    const taken = await documents.snapshot('k');
    expect(taken).toMatchObject({ kind: 'value', value: { a: { b: 'ё"\\' }, list: [] } });
    expect(await documents.delIfUnchanged('k', stampOf(taken))).toBe(true);
    expect(await client.exists('k')).toBe(0);
    expect(await documents.delIfUnchanged('k', stampOf(taken))).toBe(false);
  });

  test('delIfUnchanged keeps a document that has changed since', async () => {
    const { documents } = engine;
    await documents.set('k', '$', { a: { b: 1 } });
    const stamp = stampOf(await documents.snapshot('k'));
    await documents.set('k', '$.a.b', 2);
    expect(await documents.delIfUnchanged('k', stamp)).toBe(false);
    expect(await valueAt(documents, 'k', '$')).toEqual({ a: { b: 2 } });
    await documents.set('k', '$.a.b', 1);
    expect(await documents.delIfUnchanged('k', stamp)).toBe(true);
  });

  test('snapshot and delIfUnchanged of another type return unreadable and false', async () => {
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

  test('concurrent delIfUnchanged calls delete once', async () => {
    const { documents } = engine;
    await documents.set('k', '$', { a: 1 });
    const stamp = stampOf(await documents.snapshot('k'));
    const ends = await Promise.all(
      Array.from({ length: 10 }, () => documents.delIfUnchanged('k', stamp)),
    );
    expect(ends.filter(Boolean)).toHaveLength(1);
  });

  test('null reads as a value', async () => {
    await engine.documents.set('k', '$', { a: null });
    expect(await engine.documents.get('k', '$.a')).toEqual({ kind: 'value', value: null });
  });

  test('concurrent writes to different parts of a document are all kept', async () => {
    await engine.documents.set('k', '$', {});
    await Promise.all(
      atOnce(40, engine, ({ documents }, index) => documents.set('k', `$.m${index}`, index)),
    );
    const places = Array.from({ length: 40 }, (_, index) => [`m${index}`, index]);
    expect(await valueAt(engine.documents, 'k', '$')).toEqual(Object.fromEntries(places));
  });

  test('numbers keep every digit, and empty objects and arrays stay distinct', async () => {
    const value = {
      numbers: [0.1 + 0.2, 1e21, 2 ** 53, 5e-324, Number.MAX_VALUE, -1.5, 1 / 3],
      empty: { object: {}, array: [], text: '', deep: [[], {}, [[{}]]] },
    };
    await engine.documents.set('k', '$', { value, changed: 1 });
    await engine.documents.set('k', '$.changed', 0.1 + 0.2);
    expect(await valueAt(engine.documents, 'k', '$.value')).toEqual(value);
  });

  test('writes below the root keep the TTL', async () => {
    const { documents, client } = engine;
    await documents.set('k', '$', { n: 1 });
    await client.expire('k', 600);
    await documents.set('k', '$.n', 2);
    await documents.change('k', '$.n', () => 4);
    expect(await client.ttl('k')).toBeGreaterThan(590);
    expect(await valueAt(documents, 'k', '$')).toEqual({ n: 4 });
  });

  test('change replaces the value and returns the new one', async () => {
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

  test('change whose decide throws changes nothing and does not block the next', async () => {
    const { documents } = engine;
    await documents.set('k', '$', { n: 1 });
    const refusing = documents.change('k', '$.n', () => {
      throw new RangeError('not now');
    });
    const next = documents.change('k', '$.n', (value) => Number(value) + 1);
    await expect(refusing).rejects.toThrow(RangeError);
    expect(await next).toEqual({ kind: 'value', value: 2 });
  });

  test('change without a value calls no decide and creates nothing', async () => {
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

  test('concurrent changes are all applied', async () => {
    await engine.documents.set('k', '$', { list: [] });
    await Promise.all(
      atOnce(200, engine, ({ documents }, index) =>
        documents.change('k', '$.list', (list) => [...(list as unknown[]), index]),
      ),
    );
    const list = (await valueAt(engine.documents, 'k', '$.list')) as number[];
    expect(list.toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: 200 }, (_, index) => index),
    );
  });

  test.each(['', '$..a', '$.a[0]', '$.*', "$['a']", '$.a-b', '$.a.', '.a', 'a', '$.a b'])(
    'the indefinite path %j is refused',
    async (path) => {
      await engine.documents.set('k', '$', { a: [1] });
      const indefinite = path as Path;
      await expect(engine.documents.get('k', indefinite)).rejects.toThrow(TypeError);
      await expect(engine.documents.set('k', indefinite, 1)).rejects.toThrow(TypeError);
    },
  );

  test.each([
    ['undefined', undefined],
    ['half a character', { name: 'x\ud800' }],
    ['half a character in a name', { '\udfff': 1 }],
    ['half a character behind a backslash', ['\\\ud800']],
  ])('%s cannot be stored', async (_, value) => {
    await expect(engine.documents.set('k', '$', value)).rejects.toThrow(TypeError);
    expect(await engine.client.exists('k')).toBe(0);
  });

  test('a text that looks like an escaped half of a character is stored as it is', async () => {
    const value = { 'C:\\ud800': 'C:\\\\udfff and 🦊' };
    await engine.documents.set('k', '$', value);
    expect(await valueAt(engine.documents, 'k', '$')).toEqual(value);
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
