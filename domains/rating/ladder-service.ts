import type { Side } from '../combat/battle.ts';
import type { LadderLacks, LadderNotice, LadderReader } from '../combat/ladder-notice.ts';
import { leagues } from '../combat/league.ts';
import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { LogOnce } from '../core/log-once.ts';
import { OutageError } from '../core/outage-error.ts';
import type { Text } from '../core/text.ts';
import {
  type Group,
  type LadderCache,
  type LadderStore,
  type OwnStanding,
  type RankedEntry,
  type RatedStanding,
  type Scope,
  type SeenList,
  type SeenSeason,
  lacksOf,
} from './ladder.ts';
import { seasonEndLines } from './ladder-screens.ts';
import { isChampion } from './league.ts';
import type { Season } from './season.ts';
import type { Seasons } from './seasons.ts';

export interface LadderServiceDeps {
  readonly ladder: LadderStore;
  readonly lists: LadderCache;
  readonly seasons: Pick<Seasons, 'present' | 'latestClosed' | 'list'>;
  readonly clock: Clock;
  readonly log: Log;
}

const PAGE = 2_000;
const events = {
  unavailableEvent: 'ladder unavailable',
  availableEvent: 'ladder available again',
};

/** Lists of the best, places and ends of seasons. */
export class LadderService implements LadderReader {
  readonly #deps: LadderServiceDeps;
  readonly #breaker: CircuitBreaker;
  /** What screens read; a list in the cache needs none of it. */
  readonly #screens: CircuitBreaker;
  /** The characters that were looked for after the end of which season. */
  readonly #asked = new Map<number, Set<number>>();
  readonly #logged = new LogOnce();

  constructor(deps: LadderServiceDeps) {
    this.#deps = deps;
    // No events of its own: the archive of battles logs the same outage.
    this.#breaker = new CircuitBreaker({ ...deps, events: null });
    this.#screens = new CircuitBreaker({ ...deps, events });
  }

  /** Lists that are old are made again meanwhile, for those who look later. */
  async look(charId: number, { scope, of }: { scope: Scope; of: Group }): Promise<SeenList> {
    const { ladder, lists, seasons, clock } = this.#deps;
    const season = await seasons.present();
    void this.refreshLists();
    const list = { season: scope === 'season' ? season.number : null, of };
    const reader = { charId, nowMs: clock.now() };
    const view =
      (await lists.view(list, charId)) ?? (await this.#ask(() => ladder.view(list, reader)));
    const isIn = [...view.best, ...view.around].some((row) => row.charId === charId);
    const lacks = isIn ? null : await this.#lacksIn(season, charId);
    return { ...view, season, scope, of, charId, lacks };
  }

  async lookAtSeasons(charId: number, pastLimit: number): Promise<SeenSeason> {
    return this.#ask(() => this.#seenSeason(charId, pastLimit));
  }

  async #seenSeason(charId: number, pastLimit: number): Promise<SeenSeason> {
    const { ladder, seasons, clock } = this.#deps;
    const season = await seasons.present();
    const all = await ladder.standingsOf(charId, pastLimit + 1);
    const closed = await this.#closedSeasons();
    const own = all.find((one) => one.season === season.number) ?? null;
    const lacks = lacksOf(own, clock.now());
    const past = all.filter((one) => closed.has(one.season)).slice(0, pastLimit);
    const place = own === null || lacks !== null ? null : 1 + (await this.#countAbove(own));
    return { season, own, lacks, place, past };
  }

  /** null also while the database is away. */
  async #lacksIn({ number }: Season, charId: number): Promise<LadderLacks | null> {
    const { ladder, clock } = this.#deps;
    const own = await this.#screens.call(() => ladder.standingIn(number, charId));
    return own.kind === 'answered' ? lacksOf(own.value, clock.now()) : null;
  }

  /** What a screen cannot do without. */
  async #ask<T>(read: () => Promise<T>): Promise<T> {
    const asked = await this.#screens.call(read);
    if (asked.kind === 'unavailable') throw new OutageError('ladder unavailable');
    return asked.value;
  }

  async ladderOf(battleId: string, side: Side): Promise<LadderNotice | null> {
    const { ladder, lists, seasons, clock } = this.#deps;
    const rated = await ladder.afterBattle(battleId, side);
    if (rated === null) return null;
    const season = (await seasons.list()).find(({ number }) => number === rated.season);
    const lacks = lacksOf(rated, clock.now());
    const above = season === undefined ? null : await lists.move(season, rated);
    const place = lacks === null ? 1 + (above ?? (await this.#countAbove(rated))) : null;
    return {
      place,
      lacks,
      league: rated.league,
      change: changeOf(rated),
      isChampion: isChampion(place, rated.battles),
    };
  }

  /** What the season that was closed last has brought a character, once; nothing if it cannot be read now. */
  async endLines(findCharacter: () => Promise<number | null>): Promise<Text[]> {
    const closed = this.#deps.seasons.latestClosed();
    const charId = closed === null ? null : await findCharacter();
    if (closed === null || charId === null) return [];
    const read = await this.#breaker.call(() => this.#showEnd(closed.number, charId));
    const own = read.kind === 'answered' ? read.value : null;
    return own === null ? [] : seasonEndLines(own);
  }

  async #showEnd(season: number, charId: number): Promise<OwnStanding | null> {
    const asked = this.#asked.get(season) ?? new Set();
    this.#asked.set(season, asked);
    if (asked.has(charId)) return null;
    const { ladder, clock } = this.#deps;
    const own = await ladder.showEnd(season, charId, clock.now());
    asked.add(charId);
    return own;
  }

  /** Makes the lists again, if they are old and no other process does. Never rejects. */
  async refreshLists(): Promise<void> {
    try {
      await this.#breaker.call(() => this.#rebuild());
    } catch (error) {
      const { log } = this.#deps;
      if (this.#logged.isFirst(String(error)))
        log.warn({ err: error }, 'lists of the best not made');
    }
  }

  async #rebuild(): Promise<void> {
    const { lists, seasons } = this.#deps;
    if (!(await lists.takeRebuild())) return;
    const season = await seasons.present();
    await lists.rebuild(season, this.#pages(season.number));
    await lists.rebuild(null, this.#pages(null));
  }

  async *#pages(season: number | null): AsyncGenerator<readonly RankedEntry[]> {
    const { ladder, clock } = this.#deps;
    let page: readonly RankedEntry[];
    let afterId = 0;
    do {
      page = await ladder.entries(season, { afterId, limit: PAGE, nowMs: clock.now() });
      yield page;
      afterId = page.at(-1)?.charId ?? afterId;
    } while (page.length === PAGE);
  }

  async #countAbove({ season, shown }: Pick<RatedStanding, 'season' | 'shown'>): Promise<number> {
    return this.#deps.ladder.countAbove(season, { shown, nowMs: this.#deps.clock.now() });
  }

  async #closedSeasons(): Promise<ReadonlySet<number>> {
    const all = await this.#deps.seasons.list();
    return new Set(all.flatMap(({ number, closedAtMs }) => (closedAtMs === null ? [] : [number])));
  }
}

function changeOf({ leagueBefore, league }: RatedStanding): LadderNotice['change'] {
  if (league === null || league === leagueBefore) return null;
  if (leagueBefore === null) return 'placed';
  return leagues.indexOf(league) > leagues.indexOf(leagueBefore) ? 'promoted' : 'relegated';
}
