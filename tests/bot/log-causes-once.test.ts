import { expect, test } from 'vitest';
import { logCausesOnce } from '../../bot/log-causes-once.ts';
import { ManualTiming } from '../support/manual-timing.ts';
import { RecordingLog } from '../support/recording-log.ts';

function openLog() {
  const lines = new RecordingLog();
  const timing = new ManualTiming();
  const log = logCausesOnce(lines, timing);
  const fail = (charId: number, message = 'session save failed') => {
    log.error({ charId, err: new Error(`Character ${charId} has no session`) }, message);
  };
  const logged = () => lines.lines.map(({ facts, message }) => [facts['charId'], message]);
  return { log, timing, fail, logged };
}

test('one line is logged for many items that fail by one cause', () => {
  const { log, fail, logged } = openLog();
  for (let charId = 1; charId <= 500; charId += 1) fail(charId);
  fail(7, 'user save failed');
  log.error({ charId: 8, err: new Error('disk full') }, 'session save failed');
  log.warn({ charId: 9 }, 'match cancelled');
  log.warn({ charId: 10 }, 'match cancelled');
  expect(logged()).toEqual([
    [1, 'session save failed'],
    [7, 'user save failed'],
    [8, 'session save failed'],
    [9, 'match cancelled'],
    [10, 'match cancelled'],
  ]);
});

test('a cause is logged again when it has not occurred for a minute', async () => {
  const { timing, fail, logged } = openLog();
  for (let charId = 1; charId <= 5; charId += 1) {
    fail(charId);
    await timing.advance(59_000);
  }
  await timing.advance(2_000);
  fail(6);
  expect(logged().map(([charId]) => charId)).toEqual([1, 6]);
});
