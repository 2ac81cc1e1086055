import { onTestFinished } from 'vitest';
import { type Arena, startArena } from '../../bot/start-arena.ts';
import { readSettings } from '../../bot/settings.ts';
import { memoryRepositories } from './memory-repositories.ts';
import { type OpenArena, openArena } from './open-arena.ts';
import { quickTiming } from './quick-timing.ts';

type Env = Readonly<Record<string, string>>;

export interface OpenProcesses extends OpenArena {
  readonly others: readonly Arena[];
}

/** All processes write to the log of the first. */
export async function openProcesses(first: Env, ...others: Env[]): Promise<OpenProcesses> {
  const repositories = memoryRepositories();
  // Several processes require a database address; the repositories in memory are used instead.
  const shared = { ...first, DATABASE_URL: 'postgresql://nowhere/arena' };
  const open = await openArena(shared, { repositories });
  const { sandbox, clock, log } = open;
  const opened: Arena[] = [];
  for (const env of others) {
    const connection = { BOT_TOKEN: sandbox.token, TELEGRAM_API_ROOT: sandbox.url };
    const settings = readSettings({ ARENA_WAVE_S: '0.02', ...shared, ...connection, ...env });
    const arena = await startArena(settings, { log, clock, repositories, timing: quickTiming(50) });
    onTestFinished(() => arena.stop());
    opened.push(arena);
  }
  return { ...open, others: opened };
}
