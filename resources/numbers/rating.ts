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
