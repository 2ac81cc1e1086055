import { AbortController } from 'abort-controller';
import { startSandbox } from 'telegram-sandbox';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createApi } from '../../bot/create-bot.ts';
import { recordCalls } from '../../bot/record-calls.ts';
import { openTransport } from '../../bot/transport.ts';
import { RecordedMetrics } from '../support/recorded-metrics.ts';
import { silentLog } from '../support/silent-log.ts';

const TOKEN = '4747:token-of-failing-calls-on-this-machine';

test('calls that fail are debug lines and counted by reason, and all are measured', async () => {
  const sandbox = await startSandbox({ token: TOKEN });
  onTestFinished(() => sandbox.close());
  const log = { ...silentLog, debug: vi.fn() };
  const metrics = new RecordedMetrics();
  const { fetch, close } = openTransport(sandbox.url);
  onTestFinished(close);
  const { api } = createApi(TOKEN, { apiRoot: sandbox.url, fetch, log, metrics });
  const ann = sandbox.people.add({ firstName: 'Ann' });
  ann.say('/start');
  const send = () => api.sendMessage(ann.id, 'secret').catch(() => null);
  await send();
  expect(log.debug).not.toHaveBeenCalled();
  for (const fault of [
    { kind: 'flood', retryAfterS: 1 },
    { kind: 'error', errorCode: 502 },
    { kind: 'reset', when: 'before' },
    { kind: 'reset', when: 'before' },
  ] as const) {
    sandbox.faults.add({ method: 'sendMessage', ...fault });
    await send();
  }
  const lines: unknown[] = log.debug.mock.calls.map(([facts]: unknown[]) => facts);
  expect(lines).toMatchObject(
    ['429', '502', 'ECONNRESET', 'ECONNRESET'].map((reason) => ({ method: 'sendMessage', reason })),
  );
  expect(JSON.stringify(lines)).not.toContain('secret');
  expect(metrics.counts).toEqual({
    'telegram_failures_total 429': 1,
    'telegram_429_total private': 1,
    'telegram_failures_total 502': 1,
    'telegram_failures_total ECONNRESET': 2,
  });
  const measured = metrics.observed.map(({ name, labels }) => [name, ...Object.values(labels)]);
  expect(measured).toEqual(
    ['ok', '429', '502', 'ECONNRESET', 'ECONNRESET'].map((outcome) => [
      ...['telegram_request_duration_seconds', 'sendMessage', outcome],
    ]),
  );
});

test.each([
  [8_999, 'aborted', {}],
  [9_000, 'timeout', { 'telegram_failures_total timeout': 1 }],
])('a call that is aborted after %i ms is %s', async (ms, outcome, counts) => {
  const metrics = new RecordedMetrics();
  let nowMs = 0;
  const transformer = recordCalls({ log: silentLog, metrics, timing: { now: () => nowMs } });
  const controller = new AbortController();
  controller.abort();
  const call = transformer(
    () => {
      nowMs += ms;
      return Promise.reject(new Error('aborted'));
    },
    'getUpdates',
    {},
    controller.signal,
  );
  await expect(call).rejects.toThrow('aborted');
  expect(metrics.observed).toEqual([
    {
      name: 'telegram_request_duration_seconds',
      labels: { method: 'getUpdates', outcome },
      value: ms / 1000,
    },
  ]);
  expect(metrics.counts).toEqual(counts);
});

test('a flood wait of a group is counted as one', async () => {
  const metrics = new RecordedMetrics();
  const transformer = recordCalls({ log: silentLog, metrics, timing: { now: () => 0 } });
  const refused = { ok: false, error_code: 429, description: 'Too Many Requests' } as const;
  await transformer(() => Promise.resolve(refused), 'sendMessage', { chat_id: -7, text: '' });
  expect(metrics.counts).toEqual({
    'telegram_failures_total 429': 1,
    'telegram_429_total group': 1,
  });
});
