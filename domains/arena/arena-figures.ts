import type { Clock } from '../core/clock.ts';
import { type Mode, modes } from '../core/mode.ts';
import type { ArenaStore } from './arena-store.ts';

/** How busy the arena is, all processes together. */
export interface ArenaFigures {
  readonly waiting: readonly { readonly mode: Mode; readonly count: number }[];
  /** 0: nobody waits. */
  readonly longestWaitMs: number;
  readonly battles: number;
  /** Claimed matches without a battle. */
  readonly claims: number;
  /** The age of the oldest of them; 0: there is none. */
  readonly oldestClaimMs: number;
}

export interface ArenaFiguresDeps {
  readonly queues: Pick<ArenaStore, 'queueSize' | 'getOldest' | 'getPendingMatches'>;
  readonly battles: { countRunning(): Promise<number> };
  readonly clock: Clock;
}

export async function readArenaFigures(deps: ArenaFiguresDeps): Promise<ArenaFigures> {
  const { queues, battles, clock } = deps;
  const nowMs = clock.now();
  const [waiting, oldest, claims, running] = await Promise.all([
    Promise.all(modes.map(async (mode) => ({ mode, count: await queues.queueSize(mode) }))),
    Promise.all(modes.map((mode) => queues.getOldest(mode, 1))),
    queues.getPendingMatches(nowMs),
    battles.countRunning(),
  ]);
  const ageMs = (times: readonly number[]) => Math.max(0, ...times.map((one) => nowMs - one));
  return {
    waiting,
    longestWaitMs: ageMs(oldest.flat().map(({ startTimeMs }) => startTimeMs)),
    battles: running,
    claims: claims.length,
    oldestClaimMs: ageMs(claims.map(({ claimedAtMs }) => claimedAtMs)),
  };
}
