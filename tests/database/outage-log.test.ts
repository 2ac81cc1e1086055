import { expect, test } from 'vitest';
import { OutageLog } from '../../database/outage-log.ts';
import { RecordingLog } from '../support/recording-log.ts';

function openLog() {
  const log = new RecordingLog();
  const outages = new OutageLog({ log, at: '127.0.0.1:5432' });
  return { outages, messages: () => log.lines.map(({ message }) => message) };
}

test('an outage lasts while transactions and connections that began before it succeed', () => {
  const { outages, messages } = openLog();
  const since = outages.reports;
  outages.report(new Error('terminating connection'));
  outages.committed(since);
  outages.connected(since);
  outages.report(new Error('terminating connection'));
  expect(messages()).toEqual(['database unavailable']);
});

test('an outage ends with a transaction that began after it, and with a new connection', () => {
  const { outages, messages } = openLog();
  outages.report(new Error('terminating connection'));
  outages.committed(outages.reports);
  outages.report(new Error('terminating connection'));
  outages.connected(outages.reports);
  expect(messages()).toEqual([
    ...['database unavailable', 'database available again'],
    ...['database unavailable', 'database available again'],
  ]);
});
