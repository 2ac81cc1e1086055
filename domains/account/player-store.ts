import type { Language } from '../../resources/texts/index.ts';

/** What is remembered of a user between taps: which character he plays, in which language he reads. */
export interface PlayerStore {
  getActiveCharacter(userId: number): Promise<number | null>;
  setActiveCharacter(userId: number, charId: number | null): Promise<void>;
  getLanguage(userId: number): Promise<Language | null>;
  setLanguage(userId: number, language: Language): Promise<void>;
}
