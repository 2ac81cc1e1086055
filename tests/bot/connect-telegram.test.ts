import { expect, onTestFinished, test } from 'vitest';
import { connectTelegram } from '../../bot/connect-telegram.ts';
import { readSettings } from '../../bot/settings.ts';
import { noMetrics } from '../../domains/core/metrics.ts';
import { silentLog } from '../support/silent-log.ts';

async function tokenOfStart(): Promise<string> {
  const telegram = await connectTelegram(readSettings({ SANDBOX_PORT: '0' }), {
    log: silentLog,
    metrics: noMetrics,
  });
  onTestFinished(() => telegram.close());
  return telegram.bot.token;
}

test('a start with the sandbox has a token that no page can know, for the same bot', async () => {
  const [first, second] = [await tokenOfStart(), await tokenOfStart()];
  expect(second).not.toBe(first);
  expect(second.split(':')[0]).toBe(first.split(':')[0]);
});
