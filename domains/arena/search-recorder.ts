import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { LogOnce } from '../core/log-once.ts';
import type { Metrics } from '../core/metrics.ts';
import type { Mode } from '../core/mode.ts';
import { type Match, type QueueRequest, hasWaited } from './arena-store.ts';
import { waitedMs } from './matchmaking.ts';
import type { SearchLog } from './search-forecast.ts';

export interface SearchRecorderDeps {
  readonly metrics: Metrics;
  readonly log: Log;
  readonly clock: Clock;
  /** Where ended searches are kept for forecasts; by default nowhere. */
  readonly searches?: Pick<SearchLog, 'add' | 'addExpired'>;
}

type QueueOutcome = 'match' | 'shadow' | 'cancelled' | 'expired';

/** Counts and logs how searches end. */
export class SearchRecorder {
  readonly #deps: SearchRecorderDeps;
  readonly #logged = new LogOnce();

  constructor(deps: SearchRecorderDeps) {
    this.#deps = deps;
  }

  matched(match: Match): void {
    const { metrics, log } = this.#deps;
    const { id, mode, seeker, opponent } = match;
    const kind = kindOf(match);
    metrics.count('arena_matches_total', { mode, kind });
    const charIds = [seeker, opponent].flatMap((one) => (one === null ? [] : [one.charId]));
    log.debug({ matchId: id, kind, charIds }, 'match claimed');
    if (!hasWaited(match)) return;
    this.#left(seeker, kind === 'duel' ? 'match' : 'shadow');
    if (opponent !== null) this.#left(opponent, 'match');
    [seeker, opponent].forEach((one, side) => void this.#keep(match, one, side));
  }

  cancelled(request: QueueRequest): void {
    this.#left(request, 'cancelled');
  }

  expired(charId: number, mode: Mode, afterMs: number): void {
    const { metrics, log, searches, clock } = this.#deps;
    metrics.count('arena_expired_total', { mode });
    metrics.observe('arena_queue_wait_seconds', afterMs / 1000, { outcome: 'expired' });
    log.debug({ charId, mode }, 'request expired');
    void this.#kept(() => searches?.addExpired(clock.now()));
  }

  /** Not one that was matched with the tap that began it: it says nothing about waiting. Never rejects. */
  async #keep({ id, mode, opponent, claimedAtMs }: Match, one: QueueRequest | null, side: number) {
    const { searches } = this.#deps;
    const waited = one === null ? 0 : waitedMs(one, claimedAtMs);
    if (one === null || waited === 0) return;
    const search = {
      id: `${id}:${side}`,
      gs: one.gs,
      waitedMs: waited,
      isShadow: opponent === null,
    };
    await this.#kept(() => searches?.add(mode, search, claimedAtMs));
  }

  /** Never rejects. */
  async #kept(keep: () => Promise<void> | undefined): Promise<void> {
    try {
      await keep();
    } catch (error) {
      if (this.#logged.isFirst(String(error)))
        this.#deps.log.warn({ err: error }, 'ended search not kept');
    }
  }

  #left(request: QueueRequest, outcome: QueueOutcome): void {
    const { metrics, clock } = this.#deps;
    const waitS = Math.max(0, waitedMs(request, clock.now())) / 1000;
    metrics.observe('arena_queue_wait_seconds', waitS, { outcome });
  }
}

function kindOf({ opponent, level, monster }: Match): 'duel' | 'shadow' | 'training' | 'wild' {
  if (opponent !== null) return 'duel';
  if (monster !== undefined) return 'wild';
  return level === undefined ? 'shadow' : 'training';
}
