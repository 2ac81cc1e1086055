import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bundledBot, followOutput } from '../support/bot-child.ts';
import { newDataDir } from '../support/bot-process.ts';
import { shortRun } from '../support/short-run.ts';

test('the bundle runs without tsx, with its scripts, migrations and chat page, and makes backups', async () => {
  const folder = bundledBot();
  const { PATH = '', HOME = '' } = process.env;
  const dataDir = await newDataDir();
  const env = { PATH, HOME, DATA_DIR: dataDir, SANDBOX_PORT: '0' };
  const child = spawn(process.execPath, [shortRun, join(folder, 'bot/main.js')], { env });
  onTestFinished(() => void child.kill('SIGKILL'));
  const bot = followOutput(child);
  await bot.prints(/arena started/);
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(bot.output()) ?? [];
  expect((await fetch(`${url}/page/main.js`)).ok).toBe(true);
  const say = (path: string, body: object) =>
    fetch(`${url}/sandbox/people${path}`, { method: 'POST', body: JSON.stringify(body) });
  await say('', { first_name: 'Ann', id: 7 });
  await say('/7/messages', { text: '/start' });
  const events = await fetch(`${url}/sandbox/people/7/events?after=1&timeout=10`);
  expect(await events.text()).toContain('Welcome to the arena');
  bot.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
  // The last act of the bot.
  expect(readdirSync(join(dataDir, 'copies'))).toEqual([expect.stringMatching(/Z\.tar\.gz$/)]);
  const file = join(dataDir, 'backup');
  const backup = followOutput(
    spawn(process.execPath, [shortRun, join(folder, 'bot/backup.js'), file], { env }),
  );
  expect(await backup.ended).toBe(0);
  expect(backup.output()).toMatch(/bytes, the database as it was at/);
});
