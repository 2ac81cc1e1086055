import type { AccountContext } from './account-context.ts';
import type { Character } from './character.ts';
import type { Language } from './hot-user-store.ts';

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
export interface UserProfile {
  readonly userId: number;
  readonly firstName: string;
  readonly lastName: string | null;
  readonly username: string | null;
  readonly language: Language | null;
}

/** Everything that entering a character takes. */
export interface EnteredCharacter {
  readonly character: Character;
  /** The session as it was last saved; null if there is none, or one that cannot be read. */
  readonly saved: AccountContext | null;
  /** The character that was played until now; null: none. */
  readonly previousId: number | null;
}

/** Users for good. */
export interface UsersRepository {
  /** Notes a new user, or new names of one that is known; a language once set is never changed. */
  registerUser(user: UserProfile): Promise<void>;
  find(userId: number): Promise<UserRecord | null>;
  /** Notes the user too, if he is new. */
  setLanguage(userId: number, language: Language): Promise<void>;
  /** False, and nothing changed, for an unknown user or a character that is not his own. */
  setActiveCharacter(userId: number, charId: number | null): Promise<boolean>;
  /**
   * Makes a character of his own the one that he plays, and answers it: one question to the
   * database, however many enter at once. Null, and nothing changed, for any other character.
   */
  enterCharacter(userId: number, charId: number): Promise<EnteredCharacter | null>;
}
