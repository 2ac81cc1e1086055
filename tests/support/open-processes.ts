import { onTestFinished } from 'vitest';
import { type Arena, startArena } from '../../bot/start-arena.ts';
import { readSettings } from '../../bot/settings.ts';
import { memoryRepositories } from './memory-repositories.ts';
import { type OpenArena, openArena } from './open-arena.ts';
import { quickTiming } from './quick-timing.ts';

type Env = Readonly<Record<string, string>>;

/** An arena whose work several processes share: one Redis, one database, one Bot API server. */
export interface OpenProcesses extends OpenArena {
  readonly others: readonly Arena[];
}

/** The first is the one that is looked at; what its log says, the others say there as well. */
export async function openProcesses(first: Env, ...others: Env[]): Promise<OpenProcesses> {
  const repositories = memoryRepositories();
  // The stores in memory are handed in; which database it would be does not matter.
  const shared = { ...first, DATABASE_URL: 'postgresql://nowhere/arena' };
  const open = await openArena(shared, { repositories });
  const { sandbox, clock, log } = open;
  const opened: Arena[] = [];
  for (const env of others) {
    const place = { BOT_TOKEN: sandbox.token, TELEGRAM_API_ROOT: sandbox.url };
    const settings = readSettings({ ARENA_WAVE_S: '0.02', ...shared, ...place, ...env });
    const arena = await startArena(settings, { log, clock, repositories, timing: quickTiming(50) });
    onTestFinished(() => arena.stop());
    opened.push(arena);
  }
  return { ...open, others: opened };
}
