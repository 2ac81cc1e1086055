/** A user has at most so many characters. */
export const MAX_CHARACTERS = 4;

/** How many letters a character's name has; spaces and hyphens do not count. */
export const NAME_LETTERS = { min: 2, max: 16 } as const;

/** Where every character's story begins. */
export const START_LOCATION = 'start_village';
