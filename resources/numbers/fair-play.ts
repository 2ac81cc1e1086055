/** A surrender in one of the first so many turns leaves a battle, as does a loss by the clock. */
export const LEAVER_TURNS = 3;
/** Of a user's latest so many battles against people those that they left count. */
export const LEAVER_BATTLES = 20;
/** Minutes without rated battles after the first, second, … one that counts; later ones as the last. */
export const LEAVER_PAUSES_MIN = [0, 2, 10, 30] as const satisfies readonly number[];

/** The review of boosting looks at the battles of so many days, */
export const REVIEW_DAYS = 14;
/** and flags a user who won at least so many rated battles, more than this share of them against one other; */
export const REVIEW_WINS = 10;
export const REVIEW_PAIR_SHARE = 0.4;
/** two who fought so often that the winner changed from battle to battle, but for one in ten; */
export const REVIEW_ALTERNATING = 8;
export const REVIEW_ALTERNATING_SHARE = 0.9;
/** a user who lost so many battles to one other before this turn; */
export const REVIEW_SHORT_LOSSES = 3;
export const REVIEW_SHORT_TURNS = 3;
/** and from three to so many users who fought so often, each, and nobody else, */
export const REVIEW_CIRCLE = 5;
export const REVIEW_CIRCLE_BATTLES = 10;
/** if at most this share of all who fought are in the circle. */
export const REVIEW_CIRCLE_SHARE = 0.25;
