/** What a foe may leave on a fighter for some exchanges. */
export const ailmentIds = ['dazed', 'winded', 'hobbled', 'daunted'] as const;
/** All that lingers: ailments, and what a fighter wakes in himself. */
export const effectIds = [...ailmentIds, 'fury'] as const;

/** Every feint and ability, by id; the order is the order of buttons. */
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

/** The techniques that are more than a changed blow: they are told by a line of their own. */
export const stanceIds = [
  'war_cry',
  'riposte',
  'mirage',
  'shield_wall',
  'foresight',
  'breath',
] as const satisfies readonly TechniqueId[];
