import { type CharacterRating, shownNumber } from '../combat/battle-rating.ts';
import type { League } from '../combat/league.ts';
import type { Mode } from '../core/mode.ts';
import { afterSeasons } from './season.ts';
import { type Rating, rounded, startRating } from './weng-lin.ts';

/** Each has its own ratings. */
export const ladders = ['duel'] as const;
export type Ladder = (typeof ladders)[number];

export const ladderOf: Readonly<Record<Mode, Ladder>> = { '1v1': 'duel' };

/** The rating of a character in a season. */
export interface LadderStanding extends Rating {
  readonly season: number;
  /** The highest shown number of the season. */
  readonly peak: number;
  /** Rated battles of the season. */
  readonly battles: number;
  /** How many users they were fought against. */
  readonly opponents: number;
  /** Rated battles of all seasons. */
  readonly lifetime: number;
  /** When the shown number was reached. */
  readonly reachedAtMs: number;
  /** The end of the latest rated battle. */
  readonly lastAtMs: number;
  /** null: the number is provisional, or no battle of the season was fought. */
  readonly league: League | null;
}

/** As stored, so that what is stored of the first battle adds up. */
export const newcomer: CharacterRating = {
  mu: startRating.mu,
  sigma: rounded(startRating.sigma),
  lifetime: 0,
};

/** A character before its first battle of a season; `latest`: its standing of an earlier one. */
export function openedStanding(
  season: number,
  latest: LadderStanding | null,
  atMs: number,
): LadderStanding {
  const { lifetime } = latest ?? newcomer;
  const { mu, sigma } = latest === null ? newcomer : afterSeasons(latest, season - latest.season);
  const none = { battles: 0, opponents: 0, league: null, reachedAtMs: atMs, lastAtMs: atMs };
  return { season, mu, sigma, lifetime, peak: shownNumber(mu), ...none };
}
