/** A user has at most so many characters. */
export const MAX_CHARACTERS = 4;

/** How many letters a character's name has; spaces and hyphens do not count. */
export const NAME_LETTERS = { min: 2, max: 16 } as const;

/**
 * How many code points a name has at most, letters, marks and separators together: four for each
 * letter, so that names of any script fit, and a screen that tells them many times can be sent.
 */
export const NAME_CODE_POINTS = 64;

/** Where every character's story begins. */
export const START_LOCATION = 'start_village';
