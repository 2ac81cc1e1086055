import { z } from 'zod';
import { type Language, languages } from '../../resources/texts/index.ts';

export type { Language };
export const languageSchema = z.enum(languages);
/** A stored language may be one that this release does not have. */
export const languageWordSchema = z.string().regex(/^[a-z]{2,8}$/);

/** Null for a language that this release does not have: it is guessed again, the stored one stays. */
export function spokenLanguage(word: string | null): Language | null {
  return languages.find((language) => language === word) ?? null;
}

/** The character that a user plays and the language that they read; null: none. */
export interface UserChoices {
  getActiveCharacter(userId: number): Promise<number | null>;
  setActiveCharacter(userId: number, charId: number | null): Promise<void>;
  getLanguage(userId: number): Promise<Language | null>;
  setLanguage(userId: number, language: Language): Promise<void>;
}

export type ActiveCharacter = number | 'none';

/** What the hot store knows of a user; null: nothing. */
export interface KnownUser {
  readonly character: ActiveCharacter | null;
  readonly language: Language | null;
}

/** Users in Redis, which may lose them. */
export interface HotUserStore {
  read(userId: number): Promise<KnownUser>;
  /** Restores what was lost; fields that are set stay as they are. */
  fill(userId: number, player: KnownUser): Promise<void>;
  setActiveCharacter(userId: number, character: ActiveCharacter): Promise<void>;
  setLanguage(userId: number, language: Language): Promise<void>;
}
