/** ±15 % of the seeker's GearScore at once. */
export const GS_RANGE_PERCENT = 0.15;
/** Life of a request, seconds. */
export const REQUEST_TTL = 300;
/** What a character without attributes is worth. */
export const DEFAULT_GS = 100;
/** After so many seconds alone the Shadow comes. */
export const SHADOW_AFTER_S = 45;

/** From `afterS` seconds of waiting, accept opponents within `share` of one's GearScore. */
export const WIDENING = [
  { afterS: 0, share: GS_RANGE_PERCENT },
  { afterS: 10, share: 0.2 },
  { afterS: 20, share: 0.3 },
  { afterS: 30, share: 0.4 },
] as const;
