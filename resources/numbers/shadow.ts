/** Levels of the Shadow, the weakest first. */
export const shadowLevels = ['novice', 'apprentice', 'master'] as const;

/**
 * `fromBattles`: finished battles from which a character meets the Shadow at this level. Two fights
 * against the novice, because one who plays at random wins at least one of two in six cases of seven.
 * `health`: the share of its health that the Shadow starts with; `npm run balance -- newcomer` prints
 * the win rates that it was chosen by.
 */
export const shadowNumbers = {
  novice: { fromBattles: 0, health: 0.85 },
  apprentice: { fromBattles: 2, health: 1 },
  master: { fromBattles: 5, health: 1 },
} as const satisfies Record<(typeof shadowLevels)[number], { fromBattles: number; health: number }>;
