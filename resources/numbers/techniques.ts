/** Every feint and ability, by id. */
export const techniqueIds = ['placeholder'] as const;
