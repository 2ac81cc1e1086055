import { Bot } from 'grammy';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from 'telegram-sandbox';
import type { ArenaContext } from '../../bot/arena-context.ts';
import { receiveUpdates } from '../../bot/receive-updates.ts';
import { readSettings } from '../../bot/settings.ts';
import { RecordingLog } from '../support/recording-log.ts';

const TOKEN = '4646:token-of-a-poller-on-this-machine';
const WEBHOOK = 'https://arena.example/secret-path';

async function openBot() {
  const sandbox = await startSandbox({ token: TOKEN });
  onTestFinished(() => sandbox.close());
  const bot = new Bot<ArenaContext>(TOKEN, { client: { apiRoot: sandbox.url } });
  const log = new RecordingLog();
  const start = async (env: Readonly<Record<string, string>>) => {
    const settings = readSettings(env);
    const updates = await receiveUpdates(bot, { commands: [], settings, log });
    onTestFinished(() => updates.stop(1_000));
  };
  return { bot, log, start };
}

test('polling over a webhook fails with its host and the setting that allows it', async () => {
  const { bot, start } = await openBot();
  await bot.api.setWebhook(WEBHOOK);
  await expect(start({})).rejects.toThrow(
    /^A webhook is set at arena\.example, .* TELEGRAM_TAKE_OVER=on .*$/,
  );
  expect((await bot.api.getWebhookInfo()).url).toBe(WEBHOOK);
});

test('polling over a webhook removes it with TELEGRAM_TAKE_OVER=on, and logs its host', async () => {
  const { bot, log, start } = await openBot();
  await bot.api.setWebhook(WEBHOOK);
  await start({ TELEGRAM_TAKE_OVER: 'on' });
  expect((await bot.api.getWebhookInfo()).url).toBe('');
  expect(log.lines).toEqual([
    { level: 'warn', facts: { webhook: 'arena.example' }, message: 'webhook removed' },
  ]);
});
