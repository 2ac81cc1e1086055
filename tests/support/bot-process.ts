import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type BotChild, spawnBot } from './bot-child.ts';
import { fillWithPglite } from './pglite-template.ts';

export type BotProcess = BotChild;

/** Starts the bot with these settings, by default on an empty DATA_DIR without copies; killed after the test. */
export function startBotProcess(settings: Readonly<Record<string, string>>): BotProcess {
  const bot = spawnBot({
    DATA_DIR: settings['DATA_DIR'] ?? newFolder(),
    ARENA_COPY_H: '0',
    ...settings,
  });
  onTestFinished(async () => {
    bot.kill('SIGKILL');
    await bot.ended;
  });
  return bot;
}

/** A DATA_DIR with an embedded database already made, which saves the first start some seconds. */
export async function newDataDir(): Promise<string> {
  const folder = newFolder();
  await fillWithPglite(join(folder, 'pglite'));
  return folder;
}

/** Call it before the process starts: folders are removed in reverse order, after its end. */
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'arena-data-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
