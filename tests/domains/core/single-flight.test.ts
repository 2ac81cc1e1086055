import { expect, test } from 'vitest';
import { SingleFlight } from '../../../domains/core/single-flight.ts';

interface Begun {
  readonly resolve: (value: number) => void;
  readonly reject: (error: Error) => void;
}

/** Work that ends when the test says so. */
function openWork() {
  const work = new SingleFlight<number>();
  const begun: Begun[] = [];
  const begin = () =>
    new Promise<number>((resolve, reject) => {
      begun.push({ resolve, reject });
    });
  return { work, begun, ask: (key: string) => work.run(key, begin) };
}

test('whoever asks while it is under way gets the same; whoever asks later has it done anew', async () => {
  const { begun, ask } = openWork();
  const both = [ask('a'), ask('a')];
  expect(begun).toHaveLength(1);
  begun[0]?.resolve(1);
  expect(await Promise.all(both)).toEqual([1, 1]);
  const later = ask('a');
  begun[1]?.resolve(2);
  expect(await later).toBe(2);
});

test('what fails fails for all who wait, and is tried again by the next', async () => {
  const { begun, ask } = openWork();
  const both = [ask('a'), ask('a')];
  begun[0]?.reject(new Error('away'));
  expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual([
    'rejected',
    'rejected',
  ]);
  const later = ask('a');
  begun[1]?.resolve(2);
  expect(await later).toBe(2);
});

test('what is forgotten ends for those who wait, and takes nothing from what was begun since', async () => {
  const { work, begun, ask } = openWork();
  const before = ask('a');
  work.forget('a');
  const since = ask('a');
  begun[0]?.resolve(1);
  expect(await before).toBe(1);
  expect(ask('a')).toBe(since);
  expect(begun).toHaveLength(2);
});
