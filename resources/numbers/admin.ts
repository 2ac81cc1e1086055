/** How old a process's list of bans may be, in ms. */
export const BANS_READ_MS = 3_000;
/** Characters of a reason or a message that an operator types. */
export const ADMIN_TEXT_LENGTH = 1_000;
/** Characters of an announcement, which stands above a whole screen. */
export const ANNOUNCEMENT_LENGTH = 300;
/** For how many days an operator can announce something. */
export const ANNOUNCEMENT_DAYS = [1, 3, 7] as const;
/** How old a process's copy of the present announcement may be, in ms. */
export const ANNOUNCEMENT_READ_MS = 10_000;
/** Battles on the card of a player. */
export const CARD_BATTLES = 10;
/** Flags on the card of a player, and on the page of those to review. */
export const CARD_FLAGS = 5;
export const FLAGS_ON_A_PAGE = 6;
/** The balance screen counts the rated duels of so many days, and hides what fewer duels say. */
export const BALANCE_DAYS = 30;
export const BALANCE_LEAST = 30;
/** How long a question to an operator waits for their text, in seconds. */
export const PENDING_S = 900;
/** Recipients of a broadcast in one step, and the time between two steps, in ms: 20 a second. */
export const BROADCAST_STEP = 20;
export const BROADCAST_STEP_MS = 1_000;
/** How long one process may take for the recipients of a step, in ms. */
export const BROADCAST_LEASE_MS = 60_000;
/** Sends to one recipient before the broadcast gives up. */
export const BROADCAST_ATTEMPTS = 3;
