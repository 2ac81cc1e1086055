import { MAX_LEVEL, XP_PER_LEVEL } from '../../resources/numbers/levels.ts';

export interface LevelProgress {
  /** From 1. */
  readonly level: number;
  /** Experience since this level was reached. */
  readonly xpInLevel: number;
  /** Experience from this level to the next; null at the highest. */
  readonly xpToNext: number | null;
}

/** The level that a character has reached with so much experience in all. */
export function levelProgress(xp: number): LevelProgress {
  let level = 1;
  while (level < MAX_LEVEL && xp >= xpForLevel(level + 1)) level += 1;
  const xpToNext = level === MAX_LEVEL ? null : XP_PER_LEVEL * level;
  return { level, xpInLevel: xp - xpForLevel(level), xpToNext };
}

/** The experience in all with which a level is reached. */
export function xpForLevel(level: number): number {
  return (XP_PER_LEVEL * (level - 1) * level) / 2;
}
