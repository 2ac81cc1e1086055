/** Effects that an opponent's blow may leave for some exchanges. */
export const ailmentIds = ['dazed', 'winded', 'hobbled', 'daunted'] as const;
/** All temporary effects: ailments, and those that fighters give themselves. */
export const effectIds = [...ailmentIds, 'fury'] as const;

/** All techniques, in the order of their buttons. */
export const techniqueIds = [
  'crushing_blow',
  'onslaught',
  'war_cry',
  'feint',
  'riposte',
  'mirage',
  'shield_wall',
  'shield_bash',
  'retribution',
  'flame_blade',
  'foresight',
  'siphon',
  'breath',
] as const;
type TechniqueId = (typeof techniqueIds)[number];

/** Techniques that do more than change a blow; the narration has a separate line for them. */
export const stanceIds = [
  'war_cry',
  'riposte',
  'mirage',
  'shield_wall',
  'foresight',
  'breath',
] as const satisfies readonly TechniqueId[];
