import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from 'telegram-sandbox';
import { newTestPlayer } from 'telegram-sandbox/testing';
import { newDataDir, startBotProcess } from '../support/bot-process.ts';

const TOKEN = '4343:token-of-two-processes-on-this-machine';

test('a process that polls while its predecessor stops goes on and serves players', async () => {
  const sandbox = await startSandbox({ token: TOKEN });
  onTestFinished(() => sandbox.close());
  const start = async () => {
    const settings = { BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: sandbox.url };
    const bot = startBotProcess({ ...settings, DATA_DIR: await newDataDir() });
    await bot.prints(/arena started/);
    return bot;
  };
  const old = await start();
  const ann = newTestPlayer(sandbox, 'Ann');
  ann.say('/start');
  await ann.sees(/Welcome to the arena/);
  const next = await start();
  await old.prints(/polling conflict/);
  // Retries, which ends the poll of its successor.
  await next.prints(/polling conflict/);
  old.kill('SIGTERM');
  expect(await old.ended).toBe(0);
  ann.say('/help');
  await ann.sees(/How to fight/);
  await next.prints(/telegram available again/);
  expect(next.output().match(/polling conflict/g)).toHaveLength(1);
});
