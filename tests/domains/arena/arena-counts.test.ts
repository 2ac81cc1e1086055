import { expect, test } from 'vitest';
import { CountsReader } from '../../../domains/arena/arena-counts.ts';
import { FixedClock } from '../../support/clock.ts';

function openCounts() {
  const clock = new FixedClock();
  const now = { searching: 2, duels: 3, reads: 0 };
  const queues = {
    queueSize: () => {
      now.reads += 1;
      return Promise.resolve(now.searching);
    },
  };
  const battles = { countRunning: () => Promise.resolve(now.duels) };
  return { clock, now, counts: new CountsReader({ queues, battles, clock }) };
}

test('read counts once for many readers within a second', async () => {
  const { clock, now, counts } = openCounts();
  const first = await Promise.all([counts.read('1v1'), counts.read('1v1')]);
  clock.advance(999);
  expect([...first, await counts.read('1v1')]).toEqual(
    [1, 2, 3].map(() => ({ searching: 2, duels: 3 })),
  );
  expect(now.reads).toBe(1);
});

test('read counts again after a second', async () => {
  const { clock, now, counts } = openCounts();
  await counts.read('1v1');
  Object.assign(now, { searching: 5, duels: 0 });
  clock.advance(1_001);
  expect(await counts.read('1v1')).toEqual({ searching: 5, duels: 0 });
});

test('read rejects when the store does, and succeeds with the next call', async () => {
  const { now, counts } = openCounts();
  const failing = new CountsReader({
    queues: {
      queueSize: () => (now.reads++ === 0 ? Promise.reject(new Error('down')) : Promise.resolve(1)),
    },
    battles: { countRunning: () => Promise.resolve(0) },
    clock: new FixedClock(),
  });
  await expect(failing.read('1v1')).rejects.toThrow('down');
  expect(await failing.read('1v1')).toEqual({ searching: 1, duels: 0 });
  expect(await counts.read('1v1')).toBeDefined();
});
