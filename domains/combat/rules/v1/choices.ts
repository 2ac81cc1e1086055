import type { EffectId, Guard, StanceId, Zone } from '../../battle.ts';

/** What these rules choose among and count through: the order decides what chance makes of it. */
export const zones: readonly [Zone, ...Zone[]] = ['head', 'chest', 'belly', 'legs'];
export const guards: readonly [Guard, ...Guard[]] = ['head-chest', 'chest-belly', 'belly-legs'];

export const effectIds: readonly EffectId[] = ['dazed', 'winded', 'hobbled', 'daunted', 'fury'];

/** The techniques that are more than a changed blow. */
export const stanceIds: readonly StanceId[] = [
  'war_cry',
  'riposte',
  'mirage',
  'shield_wall',
  'foresight',
  'breath',
];
