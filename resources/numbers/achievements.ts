/**
 * What grants an achievement in a duel against another user: counts of all duels that reach the limit, or how a duel
 * was won. A key is stored, so it never changes and is never reused.
 */
export const achievements = {
  first_win: { kind: 'wins', limit: 1 },
  wins_10: { kind: 'wins', limit: 10 },
  wins_50: { kind: 'wins', limit: 50 },
  duels_10: { kind: 'duels', limit: 10 },
  duels_100: { kind: 'duels', limit: 100 },
  streak_3: { kind: 'streak', limit: 3 },
  streak_5: { kind: 'streak', limit: 5 },
  streak_10: { kind: 'streak', limit: 10 },
  each_archetype: { kind: 'each_archetype', limit: 1 },
  each_archetype_10: { kind: 'each_archetype', limit: 10 },
  /** By how many percent the opponent's GearScore is higher. */
  stronger: { kind: 'stronger', limit: 10 },
  much_stronger: { kind: 'stronger', limit: 25 },
  /** Health after some round was below the limit. */
  comeback: { kind: 'health_below', limit: 10 },
  /** A knock-out with hardly any health lost: a block lets something through, so that nobody loses none. */
  flawless: { kind: 'knockout_unhurt', limit: 10 },
  /** A knock-out in this round or before. */
  quick_knockout: { kind: 'knockout_by', limit: 6 },
  long_duel: { kind: 'rounds', limit: 15 },
  /** A knock-out without a technique. */
  plain_steel: { kind: 'knockout_plain', limit: 0 },
  parries: { kind: 'parries', limit: 3 },
  crits: { kind: 'crits', limit: 4 },
  /** All strikes at one zone, so many at least. */
  one_zone: { kind: 'one_zone', limit: 5 },
} as const satisfies Readonly<Record<string, { readonly kind: string; readonly limit: number }>>;

export type AchievementKey = keyof typeof achievements;
export type AchievementRule = (typeof achievements)[AchievementKey];
