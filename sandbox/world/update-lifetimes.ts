/** How long an unconfirmed update waits for the bot; callback queries wait less. */
export const UPDATE_LIFETIME_MS = 24 * 3600 * 1000;
export const CALLBACK_LIFETIME_MS = 150 * 1000;
