import { archetypes } from '../account/account-context.ts';
import { ACTIVE_DAYS, LEAST_BATTLES, LEAST_OPPONENTS } from '../../resources/numbers/rating.ts';
import type { LadderLacks } from '../combat/ladder-notice.ts';
import type { League } from '../combat/league.ts';
import { DAY_MS } from '../core/day.ts';
import type { Season } from './season.ts';

export {
  AROUND_ROWS,
  LEAST_BATTLES,
  LEAST_OPPONENTS,
  TOP_ROWS,
} from '../../resources/numbers/rating.ts';

export const scopes = ['season', 'ever'] as const;
export type Scope = (typeof scopes)[number];

/** Everybody, or the characters of an archetype. */
export const groups = ['all', ...archetypes] as const;
export type Group = (typeof groups)[number];

/** A list of the best. `season`: null for the best numbers ever. */
export interface List {
  readonly season: number | null;
  readonly of: Group;
}

export interface ListEntry {
  readonly charId: number;
  readonly name: string;
  readonly shown: number;
}

export interface ListRow extends ListEntry {
  /** Equal numbers share a place; the next one is as if they did not. */
  readonly place: number;
  /** From 0; of equal numbers the one that was reached first comes first. */
  readonly index: number;
}

/** Both in order; the best are not repeated in `around`. */
export interface ListView {
  readonly best: readonly ListRow[];
  /** The reader with those before and after; empty: they are in no row, or among the best. */
  readonly around: readonly ListRow[];
}

/** Of an entry of a list, before it has a row. */
export interface RankedEntry extends ListEntry {
  readonly of: Exclude<Group, 'all'> | null;
  readonly reachedAtMs: number;
}

export interface OwnStanding {
  readonly season: number;
  readonly shown: number;
  readonly peak: number;
  readonly battles: number;
  readonly opponents: number;
  readonly lifetime: number;
  readonly lastAtMs: number;
  readonly reachedAtMs: number;
  readonly league: League | null;
  readonly of: Exclude<Group, 'all'> | null;
  /** The final one; null: none, or the season is not closed. */
  readonly place: number | null;
}

/** What a battle did to the standing of a character. */
export interface RatedStanding extends OwnStanding {
  readonly charId: number;
  readonly leagueBefore: League | null;
}

export interface LadderStore {
  view(list: List, reader: { readonly charId: number; readonly nowMs: number }): Promise<ListView>;
  /** How many of a season's list have a higher number. */
  countAbove(
    season: number,
    above: { readonly shown: number; readonly nowMs: number },
  ): Promise<number>;
  /** null: no battle of the season was rated. */
  standingIn(season: number, charId: number): Promise<OwnStanding | null>;
  /** The latest seasons, the last one first. */
  standingsOf(charId: number, limit: number): Promise<OwnStanding[]>;
  /** null: the battle was not rated. */
  afterBattle(battleId: string, side: 0 | 1): Promise<RatedStanding | null>;
  /** Of the list of everybody, by character; what the cache is made of. */
  entries(
    season: number | null,
    page: { readonly afterId: number; readonly limit: number; readonly nowMs: number },
  ): Promise<RankedEntry[]>;
  /** The final standing in a closed season, once; null: there is none, or it was shown. */
  showEnd(season: number, charId: number, atMs: number): Promise<OwnStanding | null>;
}

export interface CachedSeason {
  readonly number: number;
  readonly startedAtMs: number;
}

/** The lists again, where looking at them costs little; may be a minute old. */
export interface LadderCache {
  /** null: the list is not there, or empty. */
  view(list: List, charId: number): Promise<ListView | null>;
  /** Moves a character within the lists of a season that they are in; returns how many are above, if known. */
  move(season: CachedSeason, moved: Omit<RankedEntry, 'name'>): Promise<number | null>;
  /** Whether the lists are to be made again, by this process alone. */
  takeRebuild(): Promise<boolean>;
  rebuild(season: CachedSeason | null, pages: AsyncIterable<readonly RankedEntry[]>): Promise<void>;
}

/** A list as its reader sees it. */
export interface SeenList extends ListView {
  readonly season: Season;
  readonly scope: Scope;
  readonly of: Group;
  readonly charId: number;
  /** What the reader lacks for a place; null: nothing, they have one, or the database is away. */
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

/** Rows with their places, from the row of this index and place on. */
export function rowsFrom(
  entries: readonly ListEntry[],
  { index, place }: { readonly index: number; readonly place: number },
): ListRow[] {
  const rows: ListRow[] = [];
  for (const [at, { charId, name, shown }] of entries.entries()) {
    const before = rows.at(-1);
    const own = before === undefined ? place : index + at + 1;
    const shared = before?.shown === shown ? before.place : own;
    rows.push({ charId, name, shown, index: index + at, place: shared });
  }
  return rows;
}

/** The latest rated battle of who is in a list is not before this. */
export function activeSinceMs(nowMs: number): number {
  return nowMs - ACTIVE_DAYS * DAY_MS;
}

/** What a character lacks for a place; null: nothing. */
export function lacksOf(
  standing: Pick<OwnStanding, 'battles' | 'opponents' | 'lastAtMs'> | null,
  nowMs: number,
): LadderLacks | null {
  const { battles = 0, opponents = 0, lastAtMs = nowMs } = standing ?? {};
  const lacks = {
    battles: Math.max(0, LEAST_BATTLES - battles),
    opponents: Math.max(0, LEAST_OPPONENTS - opponents),
    isIdle: lastAtMs < activeSinceMs(nowMs),
  };
  return lacks.battles + lacks.opponents > 0 || lacks.isIdle ? lacks : null;
}
