import { z } from 'zod';
import { type Language, languages } from '../../resources/texts/index.ts';

export type { Language };
export const languageSchema = z.enum(languages);

/** What is remembered of a user between taps: which character he plays, in which language he reads. */
export interface PlayerStore {
  getActiveCharacter(userId: number): Promise<number | null>;
  setActiveCharacter(userId: number, charId: number | null): Promise<void>;
  getLanguage(userId: number): Promise<Language | null>;
  setLanguage(userId: number, language: Language): Promise<void>;
}
