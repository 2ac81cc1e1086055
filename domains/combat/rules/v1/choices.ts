import type { EffectId, Guard, StanceId, Zone } from '../../battle.ts';

/** The order is part of the rules: random choices depend on it. */
export const zones: readonly [Zone, ...Zone[]] = ['head', 'chest', 'belly', 'legs'];
export const guards: readonly [Guard, ...Guard[]] = ['head-chest', 'chest-belly', 'belly-legs'];

export const effectIds: readonly EffectId[] = ['dazed', 'winded', 'hobbled', 'daunted', 'fury'];

/** Techniques that do more than change the blow. */
export const stanceIds: readonly StanceId[] = [
  'war_cry',
  'riposte',
  'mirage',
  'shield_wall',
  'foresight',
  'breath',
];
