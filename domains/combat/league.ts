/** The lowest first; the numbers are in `leagueBorders`. */
export const leagues = ['bronze', 'silver', 'gold', 'platinum', 'diamond'] as const;
export type League = (typeof leagues)[number];
