import type { Hearing } from '../domains/core/hearing.ts';
import type { Log } from '../domains/core/log.ts';
import type { House } from './house.ts';
import type { Part } from './parts.ts';
import type { Settings } from './settings.ts';
import { type Ticker, startTicker } from './ticker.ts';
import type { Updates } from './updates.ts';

export interface TickerDeps {
  readonly house: Pick<House, 'arena' | 'combat' | 'logout' | 'handlers'>;
  readonly updates: Pick<Updates, 'isHearing'>;
  readonly hearing: Hearing;
  /** Says that the keys are this bot's for another while; null where nobody else can have them. */
  readonly holdBotId: (() => Promise<void>) | null;
  readonly settings: Settings;
  readonly log: Log;
}

interface Job {
  /** Null is every process's. */
  readonly part: Part | null;
  readonly name: string;
  readonly step: () => Promise<void>;
}

/** What happens by itself in this process, again and again. */
export function startTickers(deps: TickerDeps): Ticker[] {
  const { settings, log } = deps;
  const everyMs = settings.ARENA_WAVE_S * 1000;
  return jobsOf(deps)
    .filter(({ part }) => part === null || settings.ARENA_PARTS.has(part))
    .map(({ name, step }) => startTicker(step, { everyMs, log, name }));
}

function jobsOf({ house, updates, hearing, holdBotId }: TickerDeps): Job[] {
  // While no tap can arrive anywhere the clocks are left alone; once it can, they are made up for it.
  const clocks = async () => {
    if (updates.isHearing() || (await hearing.isHeard())) await house.combat.tick();
  };
  const ofEach = holdBotId === null ? [] : [{ part: null, name: 'bot id', step: holdBotId }];
  return [
    ...ofEach,
    { part: 'updates', name: 'hearing', step: () => hearing.note(updates.isHearing()) },
    { part: 'waves', name: 'matchmaking wave', step: () => house.arena.wave() },
    { part: 'timers', name: 'turn clocks', step: clocks },
    { part: 'timers', name: 'logout worker', step: () => house.logout.work() },
    { part: 'timers', name: 'pending battle handlers', step: () => house.handlers.work() },
  ];
}
