import type { AchievementKey } from '../../resources/numbers/achievements.ts';
import type { Archetype, Gender } from '../account/account-context.ts';
import type { BattleResult } from '../combat/battle-archive.ts';
import type { ShownRating } from '../combat/battle-rating.ts';
import type { CharacterRecord } from '../combat/character-record.ts';
import type { CharacterCounts } from './character-counts.ts';

export { LATEST_RESULTS as resultsOnProfile } from '../../resources/numbers/profile.ts';

/** What anybody may know of a character. */
export interface Profile {
  readonly name: string | null;
  readonly gender: Gender | null;
  readonly archetype: Archetype | null;
  /** Of the latest season with a rated duel; null: no duel was rated. */
  readonly rating: (ShownRating & { readonly peak: number }) | null;
  readonly record: CharacterRecord;
  readonly counts: CharacterCounts;
  /** Of the latest duels against players, the latest first. */
  readonly latest: readonly BattleResult[];
  /** The latest first. */
  readonly achievements: readonly AchievementKey[];
}

export interface ProfileReader {
  /** Null: the database does not know the character. */
  profileOf(charId: number): Promise<Profile | null>;
  /**
   * The shown numbers after each of the latest rated duels, before them the one that the first of these began with;
   * the earliest first. Empty: none is rated.
   */
  curveOf(charId: number, duels: number): Promise<readonly number[]>;
}
