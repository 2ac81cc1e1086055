/** A surrender in one of the first so many turns leaves a battle, as does a loss by the clock. */
export const LEAVER_TURNS = 3;
/** Of a user's latest so many battles against people those that they left count. */
export const LEAVER_BATTLES = 20;
/** Minutes without rated battles after the first, second, … one that counts; later ones as the last. */
export const LEAVER_PAUSES_MIN = [0, 2, 10, 30] as const satisfies readonly number[];
