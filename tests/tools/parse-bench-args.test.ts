import { expect, test } from 'vitest';
import { benches, parseBenchArgs } from '../../tools/bench/parse-bench-args.ts';

test('without a name all benches are run, with names only those, in their order', () => {
  expect(parseBenchArgs([])).toEqual({ kind: 'run', names: benches, flags: [] });
  expect(parseBenchArgs(['outbox', 'engine'])).toMatchObject({ names: ['engine', 'outbox'] });
});

test('flags go to the one bench that is named', () => {
  expect(parseBenchArgs(['outbox', '--players', '60', '--trouble'])).toEqual({
    kind: 'run',
    names: ['outbox'],
    flags: ['--players', '60', '--trouble'],
  });
});

test('flags for nobody, and names that there are not, are refused with the cure', () => {
  expect(parseBenchArgs(['--players', '60'])).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('outbox --players 60') as string,
  });
  expect(parseBenchArgs(['engin'])).toMatchObject({
    why: expect.stringContaining('there are engine') as string,
  });
});
