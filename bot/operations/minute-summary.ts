import type { ArenaFigures } from '../../domains/arena/arena-figures.ts';
import type { Log } from '../../domains/core/log.ts';
import type { ActivePlayers } from './active-players.ts';
import type { MinuteTally } from './minute-tally.ts';

export const SUMMARY_MS = 60_000;

export interface MinuteSummaryDeps {
  readonly tally: Pick<MinuteTally, 'take'>;
  readonly activePlayers: Pick<ActivePlayers, 'count'>;
  /** Rejects while Redis is unavailable. */
  readonly figures: () => Promise<ArenaFigures>;
  /** Bytes of memory of this process. */
  readonly rss: () => number;
  readonly log: Log;
}

/** Logs one line for the last minute, if anything happened in it. */
export async function logMinute(deps: MinuteSummaryDeps): Promise<void> {
  const { tally, log } = deps;
  const { started, ended, shadows, expired, calls, failed, screensMs } = tally.take();
  const players = deps.activePlayers.count(SUMMARY_MS);
  const failures = Object.keys(failed).length;
  if (players + started + ended + expired + calls + failures === 0) return;
  const arena = await deps.figures().catch(() => null);
  const screens =
    screensMs.length === 0
      ? {}
      : { p50Ms: percentile(screensMs, 0.5), p99Ms: percentile(screensMs, 0.99) };
  const facts = {
    players,
    ...(arena === null ? {} : placesIn(arena)),
    started,
    ended,
    shadows,
    expired,
    calls,
    ...(failures === 0 ? {} : { failed }),
    ...screens,
    rssMb: Math.round(deps.rss() / 1_000_000),
  };
  log.info(facts, 'last minute');
}

function placesIn({ waiting, longestWaitMs, battles }: ArenaFigures) {
  const searching = waiting.reduce((sum, { count }) => sum + count, 0);
  const longest = searching === 0 ? {} : { longestS: Math.round(longestWaitMs / 1000) };
  return { searching, ...longest, running: battles };
}

/** The nearest rank. */
function percentile(sorted: readonly number[], share: number): number {
  return Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
}
