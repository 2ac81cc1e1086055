import { z } from 'zod';
import { type Language, languages } from '../../resources/texts/index.ts';

export type { Language };
export const languageSchema = z.enum(languages);
/** A language as it is stored; it need not be one of those that this release speaks. */
export const languageWordSchema = z.string().regex(/^[a-z]{2,8}$/);

/** null for a language that this release does not speak: then it is guessed anew, and kept as it is. */
export function spokenLanguage(word: string | null): Language | null {
  return languages.find((language) => language === word) ?? null;
}

/** What is remembered of a user between taps: which character he plays, in which language he reads. */
export interface UserChoices {
  getActiveCharacter(userId: number): Promise<number | null>;
  setActiveCharacter(userId: number, charId: number | null): Promise<void>;
  getLanguage(userId: number): Promise<Language | null>;
  setLanguage(userId: number, language: Language): Promise<void>;
}

/** `none`: it is known that he plays no character. */
export type ActiveCharacter = number | 'none';

/** What a store that may forget knows of a user; null: nothing. */
export interface KnownUser {
  readonly character: ActiveCharacter | null;
  readonly language: Language | null;
}

/** Users as long as the hot store remembers them. */
export interface HotUserStore {
  read(userId: number): Promise<KnownUser>;
  /** Puts back what was forgotten; what has been set meanwhile stays. */
  fill(userId: number, player: KnownUser): Promise<void>;
  setActiveCharacter(userId: number, character: ActiveCharacter): Promise<void>;
  setLanguage(userId: number, language: Language): Promise<void>;
}
