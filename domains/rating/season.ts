import {
  SEASON_END_HOUR,
  SEASON_KEEPS,
  SEASON_SIGMA,
  START_MU,
  START_SIGMA,
} from '../../resources/numbers/rating.ts';
import { type Rating, rounded } from './weng-lin.ts';

export interface Season {
  readonly number: number;
  readonly startedAtMs: number;
  /** null: none is set. */
  readonly endsAtMs: number | null;
  /** When its final places were stored; null: they are not. */
  readonly closedAtMs: number | null;
}

export interface SeasonStore {
  /** By number. */
  list(): Promise<Season[]>;
  /** Sets an end, unless the season has one, and stores the season that follows. */
  setEnd(season: number, endsAtMs: number): Promise<void>;
  /** Stores the final places; false if another process has. */
  close(season: number, atMs: number): Promise<boolean>;
}

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** 1970-01-04 was a Sunday. */
const FIRST_END_MS = (3 * 24 + SEASON_END_HOUR) * HOUR_MS;

/** The first end on a Sunday that leaves a season its weeks, and is not past. */
export function seasonEnd(startedAtMs: number, weeks: number, nowMs: number): number {
  const earliestMs = Math.max(startedAtMs + weeks * WEEK_MS, nowMs + 1);
  return FIRST_END_MS + Math.ceil((earliestMs - FIRST_END_MS) / WEEK_MS) * WEEK_MS;
}

/** The latest that has begun; `seasons` in ascending order. */
export function presentSeason(seasons: readonly Season[], nowMs: number): Season | null {
  return seasons.findLast(({ startedAtMs }) => startedAtMs <= nowMs) ?? seasons[0] ?? null;
}

/** A rating after so many ends of seasons: nearer to the start, and less certain. */
export function afterSeasons({ mu, sigma }: Rating, count: number): Rating {
  if (count <= 0) return { mu, sigma };
  const nearer = {
    mu: rounded(START_MU + SEASON_KEEPS * (mu - START_MU)),
    sigma: rounded(Math.min(START_SIGMA, Math.hypot(sigma, SEASON_SIGMA))),
  };
  return afterSeasons(nearer, count - 1);
}
