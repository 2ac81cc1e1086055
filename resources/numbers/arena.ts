/** The accepted difference at the start of a search, as a share of the seeker's GearScore. */
export const GS_RANGE_PERCENT = 0.15;
/** Lifetime of a request, in seconds. */
export const REQUEST_TTL = 300;
/** GearScore of a character without attributes. */
export const DEFAULT_GS = 100;
/** Seconds of waiting after which the Shadow comes. */
export const SHADOW_AFTER_S = 45;

/**
 * After `afterS` seconds of waiting, opponents within `share` of one's GearScore are accepted. The last
 * step, before the Shadow comes, lets a newcomer meet anybody: duels are levelled.
 */
export const WIDENING = [
  { afterS: 0, share: GS_RANGE_PERCENT },
  { afterS: 10, share: 0.2 },
  { afterS: 20, share: 0.3 },
  { afterS: 30, share: 0.4 },
  { afterS: 40, share: 0.6 },
] as const;

/** The forecast of a search counts the searches that ended in the last so many seconds, */
export const FORECAST_WINDOW_S = 3_600;
/** those whose GearScore differs by at most this share, */
export const FORECAST_BAND = 0.2;
/** if there are at least so many of them; otherwise all, and with fewer there is no forecast. */
export const FORECAST_LEAST = 10;
