/** Battles on one page of a history. */
export const BATTLES_ON_A_PAGE = 5;
