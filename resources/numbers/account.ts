/** Users whom one user can block. */
export const MAX_BLOCKS = 50;

/** Characters of one user at most. */
export const MAX_CHARACTERS = 4;

/** Letters of a character's name; spaces and hyphens do not count. */
export const NAME_LETTERS = { min: 2, max: 16 } as const;

/**
 * Code points of a name at most, marks and separators included: four for each letter, enough for every
 * script, and few enough for screens that repeat names to stay within Telegram's message limit.
 */
export const NAME_CODE_POINTS = 64;

export const START_LOCATION = 'start_village' as const;
