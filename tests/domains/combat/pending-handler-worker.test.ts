import { expect, test, vi } from 'vitest';
import { PendingHandlerWorker } from '../../../domains/combat/pending-handler-worker.ts';
import { OutageError } from '../../../domains/core/outage-error.ts';
import { FixedClock } from '../../support/clock.ts';
import { RecordingLog } from '../../support/recording-log.ts';

function openWorker() {
  const [clock, log] = [new FixedClock(), new RecordingLog()];
  const retryDue = vi.fn(() => Promise.resolve(0));
  const worker = new PendingHandlerWorker({ pending: { retryDue }, clock, log });
  return { clock, log, retryDue, worker };
}

test('an unavailable database is not asked again for five seconds, and nothing is logged', async () => {
  const { clock, log, retryDue, worker } = openWorker();
  retryDue.mockRejectedValueOnce(new OutageError('unavailable'));
  await worker.work();
  clock.advance(4_999);
  await worker.work();
  expect(retryDue).toHaveBeenCalledTimes(1);
  clock.advance(1);
  await worker.work();
  expect(retryDue).toHaveBeenCalledTimes(2);
  expect(log.lines).toEqual([]);
});

test('any other error is raised, and the next run tries again', async () => {
  const { retryDue, worker } = openWorker();
  retryDue.mockRejectedValueOnce(new TypeError('a fault'));
  await expect(worker.work()).rejects.toThrow('a fault');
  await worker.work();
  expect(retryDue).toHaveBeenCalledTimes(2);
});
