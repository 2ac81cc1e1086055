import { expect, test } from 'vitest';
import { countLogEvents } from '../../../bot/operations/count-log-events.ts';
import { RecordedMetrics } from '../../support/recorded-metrics.ts';
import { RecordingLog } from '../../support/recording-log.ts';

test('warnings and errors are counted by their message, and logged as before', () => {
  const [metrics, inner] = [new RecordedMetrics(), new RecordingLog()];
  const log = countLogEvents(inner, metrics);
  log.info({}, 'arena started');
  log.warn({ retryMs: 1 }, 'telegram unavailable');
  log.error({ charId: 1 }, 'battle create failed');
  log.error({ charId: 2 }, 'battle create failed');
  expect(metrics.counts).toEqual({
    'log_events_total warn telegram unavailable': 1,
    'log_events_total error battle create failed': 2,
  });
  expect(inner.lines.map(({ facts }) => facts)).toEqual([
    ...[{}, { retryMs: 1 }, { charId: 1 }, { charId: 2 }],
  ]);
});

test('messages beyond the 200th kind share one series', () => {
  const metrics = new RecordedMetrics();
  const log = countLogEvents(new RecordingLog(), metrics);
  for (let index = 0; index < 205; index += 1) log.warn({}, `event ${index}`);
  log.warn({}, 'event 0');
  expect(Object.keys(metrics.counts)).toHaveLength(201);
  expect(metrics.counts['log_events_total warn other']).toBe(5);
  expect(metrics.counts['log_events_total warn event 0']).toBe(2);
});
