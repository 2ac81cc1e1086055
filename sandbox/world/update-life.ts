/** How long an update waits for a bot that does not ask: a day, but a tap only two and a half minutes. */
export const DAY_MS = 24 * 3600 * 1000;
export const TAP_MS = 150 * 1000;
