import { expect, test } from 'vitest';
import { SingleFlight } from '../../../domains/core/single-flight.ts';

interface Started {
  readonly resolve: (value: number) => void;
  readonly reject: (error: Error) => void;
}

/** Work that the test resolves or rejects. */
function openWork() {
  const work = new SingleFlight<number>();
  const started: Started[] = [];
  const start = () =>
    new Promise<number>((resolve, reject) => {
      started.push({ resolve, reject });
    });
  return { work, started, ask: (key: string) => work.run(key, start) };
}

test('run shares running work and starts new work after it has ended', async () => {
  const { started, ask } = openWork();
  const both = [ask('a'), ask('a')];
  expect(started).toHaveLength(1);
  started[0]?.resolve(1);
  expect(await Promise.all(both)).toEqual([1, 1]);
  const later = ask('a');
  started[1]?.resolve(2);
  expect(await later).toBe(2);
});

test('run rejects for all waiting callers and starts again with the next one', async () => {
  const { started, ask } = openWork();
  const both = [ask('a'), ask('a')];
  started[0]?.reject(new Error('unavailable'));
  expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual([
    'rejected',
    'rejected',
  ]);
  const later = ask('a');
  started[1]?.resolve(2);
  expect(await later).toBe(2);
});

test('forget lets the old work end for its callers and keeps the work started since', async () => {
  const { work, started, ask } = openWork();
  const before = ask('a');
  work.forget('a');
  const since = ask('a');
  started[0]?.resolve(1);
  expect(await before).toBe(1);
  expect(ask('a')).toBe(since);
  expect(started).toHaveLength(2);
});
