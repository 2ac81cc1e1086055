import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { nodeFlags } from '../../bot/node-flags.js';

const GIB = 1024 ** 3;
const flags = ['--min-semi-space-size=32', '--max-semi-space-size=64'];

test.each([
  ['sizes the young generation from 1 GB of memory on', { memoryBytes: GIB, given: [''] }, flags],
  ['leaves Node its own sizes below 1 GB', { memoryBytes: GIB - 1, given: [''] }, []],
  [
    'leaves sizes that NODE_OPTIONS names as they are',
    { memoryBytes: GIB, given: ['--trace-gc --max-semi-space-size=16'] },
    [],
  ],
  [
    'leaves sizes with underscores as they are',
    { memoryBytes: GIB, given: ['--max_semi_space_size=8'] },
    [],
  ],
  ['adds to other flags', { memoryBytes: GIB, given: ['--enable-source-maps'] }, flags],
])('nodeFlags %s', (_, start, wanted) => {
  expect(nodeFlags(start)).toEqual(wanted);
});

test('a Node with these flags accepts them, and asks for none again', () => {
  const file = fileURLToPath(new URL('../../bot/node-flags.js', import.meta.url));
  const run = (...args: string[]) => execFileSync(process.execPath, [...args, file], { env: {} });
  expect(run(...flags).toString()).toBe('');
});
