import { shadowLevels, shadowNumbers } from '../../resources/numbers/shadow.ts';
import type { FighterSheet, ShadowLevel } from './battle.ts';

/** The sheet of a Shadow: that of its owner, with the share of health of its level. */
export function shadowSheet(owner: FighterSheet, level: ShadowLevel): FighterSheet {
  if (level === 'master') return owner;
  const { hp, mp, stamina } = owner.stats;
  const cur = Math.round(hp.max * shadowNumbers[level].health);
  return { ...owner, stats: { hp: { ...hp, cur }, mp, stamina }, shadow: level };
}

export function levelOfShadow({ shadow }: FighterSheet): ShadowLevel {
  return shadow ?? 'master';
}

/** The level at which a character with so many finished battles meets the Shadow. */
export function levelAfter(battles: number): ShadowLevel {
  const reached = shadowLevels.filter((level) => shadowNumbers[level].fromBattles <= battles);
  return reached.at(-1) ?? 'novice';
}

/** The level and all below it, the weakest first. */
export function levelsUpTo(level: ShadowLevel): readonly ShadowLevel[] {
  return shadowLevels.slice(0, shadowLevels.indexOf(level) + 1);
}
