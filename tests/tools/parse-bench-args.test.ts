import { expect, test } from 'vitest';
import { benches, parseBenchArgs } from '../../tools/bench/parse-bench-args.ts';

test('parseBenchArgs answers all benchmarks without a name, else the named ones in their order', () => {
  expect(parseBenchArgs([])).toEqual({ kind: 'run', names: benches, flags: [] });
  expect(parseBenchArgs(['outbox', 'engine'])).toMatchObject({ names: ['engine', 'outbox'] });
});

test('parseBenchArgs passes flags to the one named benchmark', () => {
  expect(parseBenchArgs(['outbox', '--players', '60', '--trouble'])).toEqual({
    kind: 'run',
    names: ['outbox'],
    flags: ['--players', '60', '--trouble'],
  });
});

test('parseBenchArgs answers invalid with a hint for flags without a name and for an unknown name', () => {
  expect(parseBenchArgs(['--players', '60'])).toMatchObject({
    kind: 'invalid',
    problem: expect.stringContaining('outbox --players 60') as string,
  });
  expect(parseBenchArgs(['engin'])).toMatchObject({
    problem: expect.stringContaining('known are engine') as string,
  });
});
