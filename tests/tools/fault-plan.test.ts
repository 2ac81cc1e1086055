import { describe, expect, test } from 'vitest';
import { gapsOf } from '../../tools/chaos/chaos-options.ts';
import {
  type Fault,
  type FaultKind,
  faultKinds,
  planFaults,
} from '../../tools/chaos/fault-plan.ts';
import { canLimitFiles } from '../../tools/chaos/redis-process.ts';

const options = { bots: 3, intervalMs: { min: 800, max: 4_000 } };
/** Kinds that come once a round, and the bot killed three times. */
const ROUND = faultKinds.size + 2;

function first(seed: number, count: number, without: readonly FaultKind[] = []): Fault[] {
  const faults = planFaults({ ...options, seed, longestMs: null, without: new Set(without) });
  return Array.from({ length: count }, () => faults.next().value.fault);
}

const kindsIn = (faults: readonly Fault[]) => new Set(faults.map(({ kind }) => kind));

test('planFaults yields the same faults in the same order for the same seed', () => {
  expect(first(7, 30)).toEqual(first(7, 30));
  expect(first(7, 30)).not.toEqual(first(8, 30));
});

test('planFaults yields every kind of fault in each round', () => {
  const faults = first(7, 2 * ROUND);
  expect(kindsIn(faults.slice(0, ROUND))).toEqual(faultKinds);
  expect(kindsIn(faults.slice(ROUND))).toEqual(faultKinds);
});

test('planFaults yields no fault of a kind that is left out', () => {
  const faults = first(7, ROUND - 1, ['redis flushed']);
  expect(kindsIn(faults)).toEqual(
    new Set([...faultKinds].filter((one) => one !== 'redis flushed')),
  );
});

test('planFaults yields no fault that lasts longer than longestMs', () => {
  const faults = planFaults({ ...options, seed: 7, longestMs: 1_000, without: new Set() });
  const drawn = Array.from({ length: 5 * ROUND }, () => faults.next().value.fault);
  const durations = drawn.flatMap((one) => ('durationMs' in one ? one.durationMs : []));
  expect(Math.max(...durations)).toBeLessThanOrEqual(1_000);
});

describe('gapsOf', () => {
  const olderRelease = { folder: '', version: '1.0.0', remove: () => undefined };
  const whole = { receives: 'polling', database: 'postgresql', olderRelease } as const;
  const ofMachine: FaultKind[] = canLimitFiles() ? [] : ['redis disk full'];

  test.each([
    ['a run that polls has no webhook', whole, ['webhook removed']],
    [
      'a run with a webhook has no silent poll',
      { ...whole, receives: 'webhook' },
      ['telegram silent'],
    ],
    [
      'a run with an embedded database has no PostgreSQL',
      { ...whole, database: 'embedded' },
      ['webhook removed', 'postgres killed', 'postgres read-only', 'postgres disk full'],
    ],
    [
      'a clone without an older release has one release',
      { ...whole, olderRelease: null },
      ['webhook removed', 'release changed'],
    ],
  ] as const)('%s', (_, run, kinds) => {
    const found = gapsOf(run).flatMap((gap) => gap.kinds);
    expect(new Set(found)).toEqual(new Set([...kinds, ...ofMachine]));
  });

  test('every kind of fault is in some run', () => {
    const runs = [whole, { ...whole, receives: 'webhook' } as const];
    const missing = runs.map((run) => new Set(gapsOf(run).flatMap(({ kinds }) => kinds)));
    const never = [...faultKinds].filter((kind) => missing.every((one) => one.has(kind)));
    expect(never).toEqual(ofMachine);
  });
});
