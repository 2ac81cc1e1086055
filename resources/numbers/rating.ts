/** Where everybody starts, in the units of the formula. */
export const START_MU = 25;
export const START_SIGMA = 25 / 6;
/** How much the better side's result varies from battle to battle. */
export const BETA = 25 / 6;
/** What a battle adds to the uncertainty before it is counted, so that no rating freezes. */
export const TAU = 0.15;

/** The shown number of the start, and its points for each of the formula's: 100 points apart is 64 %. */
export const SHOWN_START = 1500;
export const SHOWN_PER_MU = 30;

/** With fewer rated battles in a lifetime the number is shown with "?". */
export const PROVISIONAL_BATTLES = 10;

/** A battle is rated if both sides chose in so many turns themselves. */
export const LEAST_OWN_MOVES = 2;
/** And if it took so many exchanges, or ended by a knock-out. */
export const LEAST_EXCHANGES = 3;

/** From so many rated battles on a chance is shown in percent, before that in words. */
export const CALIBRATED_FROM = 200;
/** A decile of predictions counts as if so many more battles had ended as predicted. */
export const CALIBRATION_PRIOR = 200;
/** The latest so many rated battles are the table. */
export const CALIBRATION_BATTLES = 5_000;
/** A chance at least so far from one half is no even one. */
export const EVEN_MARGIN = 0.06;

/** Leagues by the shown number from which one is in them, the lowest first. */
export const leagueBorders = {
  bronze: -Infinity,
  silver: 1400,
  gold: 1500,
  platinum: 1600,
  diamond: 1700,
} as const;
/** One leaves a league so far below its border, so that a single loss after a promotion does not. */
export const LEAGUE_BUFFER = 25;

/** The first so many of a list are champions if they fought so many rated battles in the season. */
export const CHAMPIONS = 10;
export const CHAMPION_BATTLES = 30;

/** Who has fewer rated battles or opponents in a season has no place. Indexes of the database repeat both. */
export const LEAST_BATTLES = 10;
export const LEAST_OPPONENTS = 5;
/** Nor who fought none for so long. */
export const ACTIVE_DAYS = 14;

/** The share of the distance to the start that a rating keeps when a season begins. */
export const SEASON_KEEPS = 0.75;
/** What the new season adds to the uncertainty, as a standard deviation. */
export const SEASON_SIGMA = 2.5;
/** Seasons end on a Sunday at this hour, UTC. */
export const SEASON_END_HOUR = 18;
export const SEASON_WEEKS = 8;
/** A season is closed so much later, when the results of its last battles are stored. */
export const SEASON_CLOSES_AFTER_S = 60;

/** Rows of a list, and how many are shown around the reader. */
export const TOP_ROWS = 10;
export const AROUND_ROWS = 3;
/** Earlier seasons on one screen. */
export const PAST_SEASONS = 8;
