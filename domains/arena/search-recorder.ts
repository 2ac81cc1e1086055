import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Metrics } from '../core/metrics.ts';
import type { Mode } from '../core/mode.ts';
import type { Match, QueueRequest } from './arena-store.ts';
import { waitedMs } from './matchmaking.ts';

export interface SearchRecorderDeps {
  readonly metrics: Metrics;
  readonly log: Log;
  readonly clock: Clock;
}

type QueueOutcome = 'match' | 'shadow' | 'cancelled' | 'expired';

/** Counts and logs how searches end. */
export class SearchRecorder {
  readonly #deps: SearchRecorderDeps;

  constructor(deps: SearchRecorderDeps) {
    this.#deps = deps;
  }

  matched({ id, mode, seeker, opponent, level }: Match): void {
    const { metrics, log } = this.#deps;
    const kind = opponent !== null ? 'duel' : level === undefined ? 'shadow' : 'training';
    metrics.count('arena_matches_total', { mode, kind });
    const charIds = [seeker, opponent].flatMap((one) => (one === null ? [] : [one.charId]));
    log.debug({ matchId: id, kind, charIds }, 'match claimed');
    if (kind === 'training') return;
    this.#left(seeker, kind === 'duel' ? 'match' : 'shadow');
    if (opponent !== null) this.#left(opponent, 'match');
  }

  cancelled(request: QueueRequest): void {
    this.#left(request, 'cancelled');
  }

  expired(charId: number, mode: Mode, afterMs: number): void {
    const { metrics, log } = this.#deps;
    metrics.count('arena_expired_total', { mode });
    metrics.observe('arena_queue_wait_seconds', afterMs / 1000, { outcome: 'expired' });
    log.debug({ charId, mode }, 'request expired');
  }

  #left(request: QueueRequest, outcome: QueueOutcome): void {
    const { metrics, clock } = this.#deps;
    const waitS = Math.max(0, waitedMs(request, clock.now())) / 1000;
    metrics.observe('arena_queue_wait_seconds', waitS, { outcome });
  }
}
