import { onTestFinished } from 'vitest';
import { startArena } from '../../bot/start-arena.ts';
import { readSettings } from '../../bot/settings.ts';
import { memoryRepositories } from '../support/memory-repositories.ts';
import { quickTiming } from '../support/quick-timing.ts';
import { silentLog } from '../support/silent-log.ts';

/** The bot and its sandbox in this process, with fast timing; answers the address of the page. */
export async function openQuickArena(env: Readonly<Record<string, string>> = {}): Promise<string> {
  const settings = readSettings({ SANDBOX_PORT: '0', ...env });
  const repositories = memoryRepositories();
  const arena = await startArena(settings, { log: silentLog, timing: quickTiming(), repositories });
  onTestFinished(() => arena.stop());
  return arena.apiRoot ?? '';
}
