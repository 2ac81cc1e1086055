import { expect, test } from 'vitest';
import { type ReadinessDeps, checkReadiness } from '../../../bot/operations/readiness.ts';
import { never } from '../../support/never.ts';
import { ManualTiming } from '../../support/manual-timing.ts';

const healthy: ReadinessDeps = {
  isReceiving: () => true,
  writeToRedis: () => Promise.resolve(),
  health: { ping: () => Promise.resolve(), isAway: () => false },
  draining: () => Promise.resolve(null),
  wait: () => never(),
};
const refuse = () => Promise.reject(new Error('refused'));

test('a process whose parts work is ready', async () => {
  expect(await checkReadiness(healthy)).toEqual({
    isReady: true,
    reasons: [],
    parts: { telegram: 'heard', redis: 'writable', database: 'reachable' },
  });
});

test.each<[string, Partial<ReadinessDeps>, readonly string[]]>([
  ['no update can arrive', { isReceiving: () => false }, ['telegram: not heard']],
  ['Redis refuses writes', { writeToRedis: refuse }, ['redis: no answer']],
  [
    'the database fails in a new way',
    { health: { ping: refuse, isAway: () => false } },
    ['database: no answer'],
  ],
  ['an operator drains it', { draining: () => Promise.resolve('update') }, ['draining: update']],
])('a process is not ready while %s', async (_when, broken, reasons) => {
  const { isReady, reasons: given } = await checkReadiness({ ...healthy, ...broken });
  expect([isReady, given]).toEqual([false, reasons]);
});

test('a known outage of the database is no reason: the game goes on', async () => {
  const health = { ping: refuse, isAway: () => true };
  const { isReady, parts } = await checkReadiness({ ...healthy, health });
  expect([isReady, parts['database']]).toEqual([true, 'away']);
});

test('a process without the part updates need hear nobody', async () => {
  const { isReady, parts } = await checkReadiness({ ...healthy, isReceiving: null });
  expect([isReady, parts['telegram']]).toEqual([true, undefined]);
});

test('a Redis that hangs is given up after two seconds', async () => {
  const timing = new ManualTiming();
  const wait = timing.wait.bind(timing);
  const checked = checkReadiness({ ...healthy, writeToRedis: () => never(), wait });
  await timing.advance(2_000);
  expect((await checked).reasons).toEqual(['redis: no answer']);
});
