import type { AccountContext } from './account-context.ts';
import type { Character } from './character.ts';
import type { Language } from './hot-user-store.ts';

/** A user of the bot; `userId` is Telegram's. */
export interface UserRecord {
  readonly userId: number;
  /** Null until `registerUser`. */
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly username: string | null;
  /** Null until chosen or guessed. */
  readonly language: Language | null;
  readonly activeCharacterId: number | null;
  readonly hasMutedEmotes: boolean;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** A user's names in Telegram, and the language that is guessed from it. */
export interface UserProfile {
  readonly userId: number;
  readonly firstName: string;
  readonly lastName: string | null;
  readonly username: string | null;
  readonly language: Language | null;
}

/** A character that has become the active one. */
export interface EnteredCharacter {
  readonly character: Character;
  /** The session as it was last saved; null if there is none or it cannot be read. */
  readonly saved: AccountContext | null;
  /** The character that was active before; null: none. */
  readonly previousId: number | null;
}

/** Users in the database. */
export interface UsersRepository {
  /** Creates a user or updates their names; never changes a language that is set. */
  registerUser(user: UserProfile): Promise<void>;
  find(userId: number): Promise<UserRecord | null>;
  /** Creates the user if necessary. */
  setLanguage(userId: number, language: Language): Promise<void>;
  /** Creates the user if necessary. */
  muteEmotes(userId: number, isMuted: boolean): Promise<void>;
  /** False, and nothing changed, for an unknown user or a character that is not theirs. */
  setActiveCharacter(userId: number, charId: number | null): Promise<boolean>;
  /** In a single query; null, and nothing changed, for a character that is not the user's own. */
  enterCharacter(userId: number, charId: number): Promise<EnteredCharacter | null>;
}
