/** Results on a profile. */
export const LATEST_RESULTS = 5;
/** Achievements that a profile names, the latest first. */
export const NAMED_ACHIEVEMENTS = 5;
/** Rated duels on the picture of the rating curve. */
export const CURVE_DUELS = 100;
/** Seconds between two pictures for one user. */
export const CURVE_EVERY_S = 60;
/** Points between two lines of the picture: the least with which there are not too many lines. */
export const CURVE_STEPS = [10, 25, 50, 100, 200, 500] as const;
export const CURVE_LINES = 6;
