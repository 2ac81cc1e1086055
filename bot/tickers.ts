import type { UpdateHeartbeat } from '../domains/core/update-heartbeat.ts';
import type { Log } from '../domains/core/log.ts';
import type { Services } from './services.ts';
import type { Part } from './parts.ts';
import type { Settings } from './settings.ts';
import { type Ticker, startTicker } from './ticker.ts';
import type { Updates } from './updates.ts';

export interface TickerDeps {
  readonly services: Pick<Services, 'arena' | 'combat' | 'logout' | 'handlers'>;
  readonly updates: Pick<Updates, 'isReceiving'>;
  readonly heartbeat: UpdateHeartbeat;
  /** Says that the keys are this bot's for another while; null where nobody else can have them. */
  readonly renewBotId: (() => Promise<void>) | null;
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

function jobsOf({ services, updates, heartbeat, renewBotId }: TickerDeps): Job[] {
  // While no tap can arrive anywhere the clocks are left alone; once it can, they are made up for it.
  const clocks = async () => {
    if (updates.isReceiving() || (await heartbeat.isReceiving())) await services.combat.tick();
  };
  const ofEach = renewBotId === null ? [] : [{ part: null, name: 'bot id', step: renewBotId }];
  return [
    ...ofEach,
    { part: 'updates', name: 'hearing', step: () => heartbeat.report(updates.isReceiving()) },
    { part: 'waves', name: 'matchmaking wave', step: () => services.arena.wave() },
    { part: 'timers', name: 'turn clocks', step: clocks },
    { part: 'timers', name: 'logout worker', step: () => services.logout.work() },
    { part: 'timers', name: 'pending battle handlers', step: () => services.handlers.work() },
  ];
}
