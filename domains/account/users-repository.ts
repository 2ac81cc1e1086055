import type { Language } from './player-store.ts';

/** Somebody who wrote to the bot; `userId` is Telegram's. */
export interface UserRecord {
  readonly userId: number;
  /** null until greeted. */
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly username: string | null;
  /** null until chosen or guessed. */
  readonly language: Language | null;
  readonly activeCharacterId: number | null;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** What Telegram says of somebody, and the language that is guessed from it. */
export interface Greeting {
  readonly userId: number;
  readonly firstName: string;
  readonly lastName: string | null;
  readonly username: string | null;
  readonly language: Language | null;
}

/** Users for good. */
export interface UsersRepository {
  /** Notes a new user, or new names of one that is known; a language once set is never changed. */
  greet(user: Greeting): Promise<void>;
  find(userId: number): Promise<UserRecord | null>;
  /** Notes the user too, if he is new. */
  setLanguage(userId: number, language: Language): Promise<void>;
  /** False, and nothing changed, for an unknown user or a character that is not his own. */
  setActiveCharacter(userId: number, charId: number | null): Promise<boolean>;
}
