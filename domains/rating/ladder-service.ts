import type { Side } from '../combat/battle.ts';
import type { LadderLacks, LadderNotice, LadderReader } from '../combat/ladder-notice.ts';
import { leagues } from '../combat/league.ts';
import type { Clock } from '../core/clock.ts';
import {
  type Group,
  type LadderCache,
  type LadderStore,
  type ListView,
  type OwnStanding,
  type RankedEntry,
  type RatedStanding,
  type Scope,
  lacksOf,
} from './ladder.ts';
import { isChampion } from './league.ts';
import type { Season } from './season.ts';
import type { Seasons } from './seasons.ts';

export interface LadderServiceDeps {
  readonly ladder: LadderStore;
  readonly lists: LadderCache;
  readonly seasons: Pick<Seasons, 'present' | 'latestClosed' | 'list'>;
  readonly clock: Clock;
}

/** A list as its reader sees it. */
export interface SeenList extends ListView {
  readonly season: Season;
  readonly scope: Scope;
  readonly of: Group;
  readonly charId: number;
  /** What the reader lacks for a place; null: nothing, or they have one. */
  readonly lacks: LadderLacks | null;
}

export interface SeenSeason {
  readonly season: Season;
  readonly own: OwnStanding | null;
  readonly place: number | null;
  readonly lacks: LadderLacks | null;
  /** Those of the character that are closed, the last one first. */
  readonly past: readonly OwnStanding[];
}

const PAGE = 2_000;

/** Lists of the best, places and ends of seasons. */
export class LadderService implements LadderReader {
  readonly #deps: LadderServiceDeps;
  /** Who was asked for after the end of which season. */
  readonly #told = new Map<number, Set<number>>();

  constructor(deps: LadderServiceDeps) {
    this.#deps = deps;
  }

  async look(charId: number, { scope, of }: { scope: Scope; of: Group }): Promise<SeenList> {
    const { ladder, lists, seasons, clock } = this.#deps;
    const season = await seasons.present();
    const list = { season: scope === 'season' ? season.number : null, of };
    const nowMs = clock.now();
    const view = (await lists.view(list, charId)) ?? (await ladder.view(list, { charId, nowMs }));
    const isIn = [...view.best, ...view.around].some((row) => row.charId === charId);
    const own = isIn ? null : await ladder.standingIn(season.number, charId);
    return { ...view, season, scope, of, charId, lacks: isIn ? null : lacksOf(own, nowMs) };
  }

  async lookAtSeasons(charId: number, pastLimit: number): Promise<SeenSeason> {
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

  async ladderOf(battleId: string, side: Side): Promise<LadderNotice | null> {
    const { ladder, lists, seasons, clock } = this.#deps;
    const rated = await ladder.afterBattle(battleId, side);
    if (rated === null) return null;
    const season = (await seasons.list()).find(({ number }) => number === rated.season);
    const lacks = lacksOf(rated, clock.now());
    const above = season === undefined ? null : await lists.move(season, rated);
    const place = lacks === null ? 1 + (above ?? (await this.#countAbove(rated))) : null;
    return {
      ...{ place, lacks, league: rated.league, change: changeOf(rated) },
      isChampion: isChampion(place, rated.battles),
    };
  }

  /** The final standing in the season that was closed last, once; null: there is none, or it was told. */
  async tellEnd(charId: number): Promise<OwnStanding | null> {
    const { ladder, seasons, clock } = this.#deps;
    const closed = await seasons.latestClosed();
    if (closed === null) return null;
    const told = this.#told.get(closed.number) ?? new Set();
    this.#told.set(closed.number, told);
    if (told.has(charId)) return null;
    const own = await ladder.tellEnd(closed.number, charId, clock.now());
    told.add(charId);
    return own;
  }

  /** Runs every second; makes the lists again, if they are old and no other process does. */
  async work(): Promise<void> {
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
