import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeOnEachRedis } from '../../support/redis-engines.ts';
import { runStaged } from '../../support/staged-json.ts';

const script = readFileSync(
  new URL('../../../redis/scripts/swap-json.lua', import.meta.url),
  'utf8',
);

/** No Redis of these tests has the module: its Lua runs the script on a staged document. */
describeOnEachRedis('swap-json', 1, (redis) => {
  const run = (args: readonly string[], reads: Readonly<Record<string, string>>) =>
    runStaged(redis().client, {
      script,
      key: 'ac:1',
      args,
      reads: new Map(Object.entries(reads)),
    });

  test('replaces the expected text', async () => {
    const end = await run(['$.a', '[{"б":"\\n"}]', '{"б":2}'], { '$.a': '[{"б":"\\n"}]' });
    expect(end).toEqual({ reply: 'swapped', writes: [['JSON.SET', 'ac:1', '$.a', '{"б":2}']] });
  });

  test('deletes when the new text is empty', async () => {
    const end = await run(['$', '[{}]', ''], { $: '[{}]' });
    expect(end).toEqual({ reply: 'swapped', writes: [['JSON.DEL', 'ac:1', '$', '']] });
  });

  test.each([
    ['something else', { $: '[{"a":1}]' }],
    ['nothing', {}],
  ])('writes nothing where %s is', async (_, reads) => {
    expect(await run(['$', '[{}]', '[]'], reads)).toEqual({ reply: 'stale', writes: [] });
  });
});
