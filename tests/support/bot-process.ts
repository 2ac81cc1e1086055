import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type BotChild, spawnBot } from './bot-child.ts';
import { fillWithPglite } from './pglite-template.ts';

export type BotProcess = BotChild;

/**
 * Starts the bot with these settings and nothing else from the environment; killed with the test.
 * Unless they name a DATA_DIR, it is an empty folder of its own.
 */
export function startBotProcess(settings: Readonly<Record<string, string>>): BotProcess {
  const bot = spawnBot({ DATA_DIR: settings['DATA_DIR'] ?? newFolder(), ...settings });
  onTestFinished(async () => {
    bot.kill('SIGKILL');
    await bot.ended;
  });
  return bot;
}

/** A DATA_DIR for several starts; the first of them need not take the seconds to make it. */
export async function newDataDir(): Promise<string> {
  const folder = newFolder();
  await fillWithPglite(join(folder, 'pglite'));
  return folder;
}

/** Made before the process that uses it, and so removed after its end. */
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'arena-data-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
