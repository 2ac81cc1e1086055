/** After an erasure, what must not be forgotten is kept for so many days. */
export const KEPT_DAYS = 180;
/** Days that a battle's record stays in Redis after its end, and one more for clocks that differ. */
export const BATTLE_RECORD_DAYS = 2;
/** The battles in a document of a user's data, the latest first. */
export const EXPORTED_BATTLES = 2_000;
/** Seconds between two documents for one user. */
export const EXPORT_EVERY_S = 60;
/** Messages to the operators that a user can send in a UTC day. */
export const SUPPORT_A_DAY = 3;
/** Characters of such a message. */
export const SUPPORT_LENGTH = 1_000;
/** Blocked users on one page of their list. */
export const BLOCKS_ON_A_PAGE = 8;
