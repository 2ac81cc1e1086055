import { SEASON_CLOSES_AFTER_S } from '../../resources/numbers/rating.ts';
import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { OutageError } from '../core/outage-error.ts';
import { SingleFlight } from '../core/single-flight.ts';
import { type Season, type SeasonStore, presentSeason, seasonEnd } from './season.ts';

export interface SeasonsDeps {
  readonly seasons: SeasonStore;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a season lasts; 0: it does not end. */
  readonly weeks: number;
}

const REFRESH_MS = 30_000;

/** Which season it is; begins and closes them. Any number of processes may do the work. */
export class Seasons {
  readonly #deps: SeasonsDeps;
  readonly #breaker: CircuitBreaker;
  readonly #reads = new SingleFlight<void>();
  #known: readonly Season[] = [];
  #knownAtMs = -Infinity;

  constructor(deps: SeasonsDeps) {
    this.#deps = deps;
    // No events of its own: the archive of battles logs the same outage.
    this.#breaker = new CircuitBreaker({ ...deps, events: null });
  }

  async present(): Promise<Season> {
    const season = presentSeason(await this.list(), this.#deps.clock.now());
    if (season === null) throw new Error('there is no season');
    return season;
  }

  /** As this process knows it, which may be half a minute late; null: none is closed yet. */
  latestClosed(): Season | null {
    void this.list().catch(() => undefined);
    return this.#known.findLast(({ closedAtMs }) => closedAtMs !== null) ?? null;
  }

  /** As it was at most half a minute ago; while the database is away, as it was last known. */
  async list(): Promise<readonly Season[]> {
    if (this.#deps.clock.now() - this.#knownAtMs >= REFRESH_MS)
      await this.#breaker.call(() => this.#reads.run('list', () => this.#refresh()));
    if (this.#known.length === 0) throw new OutageError('seasons not known');
    return this.#known;
  }

  /** Gives the present season its end, and closes those that are over. */
  async work(): Promise<void> {
    const nowMs = this.#deps.clock.now();
    await this.#breaker.call(() => this.#work(nowMs));
  }

  async #work(nowMs: number): Promise<void> {
    await this.#refresh();
    await this.#planEnd(nowMs);
    for (const season of this.#known) if (isDue(season, nowMs)) await this.#close(season, nowMs);
  }

  async #planEnd(nowMs: number): Promise<void> {
    const { seasons, weeks } = this.#deps;
    const present = presentSeason(this.#known, nowMs);
    if (weeks === 0 || present === null || present.endsAtMs !== null) return;
    await seasons.setEnd(present.number, seasonEnd(present.startedAtMs, weeks, nowMs));
    await this.#refresh();
  }

  async #close({ number }: Season, nowMs: number): Promise<void> {
    const isClosed = await this.#deps.seasons.close(number, nowMs);
    if (isClosed) this.#deps.log.info({ season: number }, 'season closed');
    await this.#refresh();
  }

  async #refresh(): Promise<void> {
    this.#known = await this.#deps.seasons.list();
    this.#knownAtMs = this.#deps.clock.now();
  }
}

function isDue({ endsAtMs, closedAtMs }: Season, nowMs: number): boolean {
  const isOpen = closedAtMs === null && endsAtMs !== null;
  return isOpen && endsAtMs + SEASON_CLOSES_AFTER_S * 1000 <= nowMs;
}
