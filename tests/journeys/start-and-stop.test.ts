import { describe, expect, onTestFinished, test } from 'vitest';
import { startSandbox } from 'telegram-sandbox';
import { newTestPlayer } from 'telegram-sandbox/testing';
import { startArena } from '../../bot/start-arena.ts';
import { readSettings } from '../../bot/settings.ts';
import { newDataDir, startBotProcess } from '../support/bot-process.ts';
import { RecordingLog } from '../support/recording-log.ts';

const TOKEN = '4343:token-of-a-process-on-this-machine';

async function openSandbox() {
  const sandbox = await startSandbox({ token: TOKEN });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

describe('a failed start exits with code 1 and one line that names the cure', () => {
  test('with a BOT_TOKEN that is none', async () => {
    const bot = startBotProcess({ LOG_LEVEL: 'fatal', BOT_TOKEN: 'nonsense' });
    expect(await bot.ended).toBe(1);
    expect(bot.output()).toMatch(/^.*BOT_TOKEN.*@BotFather.*\n$/);
  });

  test('closes what has been opened before', async () => {
    const settings = readSettings({ SANDBOX_PORT: '0', DATA_DIR: '/dev/null' });
    const log = new RecordingLog();
    await expect(startArena(settings, { log })).rejects.toThrow(/No usable database/);
    const address = log.lines.map(({ facts }) => facts['telegram']).find(Boolean);
    await expect(fetch(String(address))).rejects.toThrow('fetch failed');
  });
});

describe('a start without settings', () => {
  test('opens the sandbox and serves its players', async () => {
    const bot = startBotProcess({ SANDBOX_PORT: '0', DATA_DIR: await newDataDir() });
    await bot.prints(/embedded database opened[^]*arena started/);
    await bot.prints(/open http:\/\/127\.0\.0\.1:\d+\/ in a browser and play\n$/);
    const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(bot.output()) ?? [];
    const person = await fetch(`${url}/sandbox/people`, {
      method: 'POST',
      body: '{"first_name":"Ann","id":7}',
    });
    expect(person.ok).toBe(true);
    await fetch(`${url}/sandbox/people/7/messages`, { method: 'POST', body: '{"text":"/start"}' });
    const events = await fetch(`${url}/sandbox/people/7/events?after=1&timeout=10`);
    expect(await events.text()).toContain('Welcome to the arena');
    bot.kill('SIGINT');
    expect(await bot.ended).toBe(0);
  });
});

describe('SIGTERM', () => {
  test('accepts no new updates, finishes running ones, and exits with code 0', async () => {
    const sandbox = await openSandbox();
    const settings = {
      BOT_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: sandbox.url,
      DATA_DIR: await newDataDir(),
    };
    const bot = startBotProcess(settings);
    await bot.prints(/open https:\/\/t\.me\/\w+ in a browser and play\n$/);
    const ann = newTestPlayer(sandbox, 'Ann');
    sandbox.faults.add({ method: 'sendMessage', kind: 'slow', delayMs: 1_000, when: 'before' });
    ann.say('/start');
    // When the bot has polled again, this update is being handled.
    while (sandbox.pendingUpdateCount() > 0) await new Promise((resolve) => setImmediate(resolve));
    bot.kill('SIGTERM');
    await bot.prints(/stopping/);
    ann.say('/help');
    expect(await bot.ended).toBe(0);
    expect(ann.client.lastScreen()?.text).toContain('Welcome to the arena');
    expect(sandbox.pendingUpdateCount()).toBe(1);

    const next = startBotProcess(settings);
    await next.prints(/arena started/);
    await ann.sees(/How to fight/);
    expect(next.output()).not.toContain(TOKEN);
  });
});
