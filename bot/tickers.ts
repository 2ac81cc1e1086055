import { ANNOUNCEMENT_READ_MS, BANS_READ_MS } from '../resources/numbers/admin.ts';
import type { UpdateHeartbeat } from '../domains/core/update-heartbeat.ts';
import type { Log } from '../domains/core/log.ts';
import type { DatabaseCopies } from './database-copies.ts';
import type { Services } from './services.ts';
import type { Part } from './settings.ts';
import type { Settings } from './settings.ts';
import { type Ticker, startTicker } from './ticker.ts';
import type { Updates } from './updates.ts';

type Worker =
  'logout' | 'handlers' | 'keptExpiry' | 'broadcaster' | 'retention' | 'boosting' | 'seasons';

export interface TickerDeps {
  readonly services: Pick<Services, 'arena' | 'combat' | 'bans' | 'news' | 'drain' | Worker>;
  readonly updates: Pick<Updates, 'isReceiving'>;
  readonly heartbeat: UpdateHeartbeat;
  /** Renews this bot's claim on its Redis keys; null if no other bot can reach them. */
  readonly renewBotId: (() => Promise<void>) | null;
  /** Null where the database makes no copies of itself. */
  readonly copies: DatabaseCopies | null;
  readonly settings: Settings;
  readonly log: Log;
  readonly outageOf: (error: unknown) => string | null;
}

interface Job {
  /** Null: runs in every process. */
  readonly part: Part | null;
  readonly name: string;
  readonly step: () => Promise<void>;
  /** By default as often as a matchmaking wave. */
  readonly everyMs?: number;
}

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

/** Starts the background jobs of this process's parts. */
export function startTickers(deps: TickerDeps): Ticker[] {
  const { settings, log, outageOf } = deps;
  const waveMs = settings.ARENA_WAVE_S * SECOND_MS;
  return jobsOf(deps)
    .filter(({ part }) => part === null || settings.ARENA_PARTS.has(part))
    .map(({ name, step, everyMs = waveMs }) =>
      startTicker(step, { everyMs, firstMs: waveMs, log, name, outageOf }),
    );
}

function jobsOf({ services, updates, heartbeat, renewBotId, copies }: TickerDeps): Job[] {
  // While no process receives taps, turn timers pause; afterwards they are extended by the pause.
  let hasPaused = false;
  const turnTimers = async () => {
    const isReceiving = updates.isReceiving() || (await heartbeat.isReceiving());
    if (isReceiving) await services.combat.tick(hasPaused);
    hasPaused = !isReceiving;
  };
  const ofEveryProcess =
    renewBotId === null ? [] : [{ part: null, name: 'bot id', step: renewBotId }];
  const ofEmbedded =
    copies === null ? [] : [{ part: null, name: 'database copy', step: () => copies.work() }];
  return [
    ...ofEveryProcess,
    ...ofEmbedded,
    { part: null, name: 'bans', step: () => services.bans.refresh(), everyMs: BANS_READ_MS },
    {
      part: null,
      name: 'announcements',
      step: () => services.news.refresh(),
      everyMs: ANNOUNCEMENT_READ_MS,
    },
    { part: null, name: 'drain', step: () => services.drain.refresh() },
    {
      part: 'updates',
      name: 'update heartbeat',
      step: () => heartbeat.report(updates.isReceiving()),
    },
    { part: 'waves', name: 'matchmaking wave', step: () => services.arena.wave() },
    { part: 'timers', name: 'turn timers', step: turnTimers },
    { part: 'timers', name: 'logout worker', step: () => services.logout.work() },
    { part: 'timers', name: 'broadcasts', step: () => services.broadcaster.work() },
    { part: 'timers', name: 'old data', step: () => services.retention.work() },
    { part: 'timers', name: 'pending battle handlers', step: () => services.handlers.work() },
    ...rareJobs(services),
  ];
}

function rareJobs({ seasons, keptExpiry, boosting }: TickerDeps['services']): Job[] {
  return [
    { part: 'timers', name: 'seasons', step: () => seasons.work(), everyMs: 10_000 },
    { part: 'timers', name: 'erased users', step: () => keptExpiry.work(), everyMs: HOUR_MS },
    { part: 'timers', name: 'boosting review', step: () => boosting.work(), everyMs: HOUR_MS },
  ];
}
