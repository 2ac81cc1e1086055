import { startSandbox } from 'telegram-sandbox';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createApi } from '../../bot/create-bot.ts';
import { openTransport } from '../../bot/transport.ts';
import { silentLog } from '../support/silent-log.ts';

const TOKEN = '4747:token-of-failing-calls-on-this-machine';

test('calls that Telegram does not serve are debug lines and one summary a minute', async () => {
  const sandbox = await startSandbox({ token: TOKEN });
  onTestFinished(() => sandbox.close());
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const log = { ...silentLog, debug: vi.fn(), info: vi.fn() };
  const { fetch, close } = openTransport(sandbox.url);
  onTestFinished(close);
  const { api } = createApi(TOKEN, { apiRoot: sandbox.url, fetch, log });
  const send = () => api.sendMessage(1, 'secret').catch(() => null);
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
  const reasons = ['429', '502', 'ECONNRESET', 'ECONNRESET'];
  expect(log.debug.mock.calls).toEqual(
    reasons.map((reason) => [{ method: 'sendMessage', reason }, 'telegram call failed']),
  );
  expect(log.info).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  vi.advanceTimersByTime(60_000);
  const failed = { '429': 1, '502': 1, ECONNRESET: 2 };
  expect(log.info.mock.calls).toEqual([[{ failed }, 'telegram calls failed']]);
});
