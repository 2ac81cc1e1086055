/** Battles of the same two characters within so many hours count as repeated. */
export const PAIR_WINDOW_H = 24;

/** The share that the first, second, … battle of a pair in this time counts; later ones as the last. */
export const pairDampingShares = [1, 0.5, 0.25, 0] as const satisfies readonly number[];
