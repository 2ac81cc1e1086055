import type { AccountContext } from './account-context.ts';

/** Live sessions, kept for good as they last were. */
export interface SavedSessions {
  /**
   * Keeps the session and, in the same step, the character's vitals, location and when he was last
   * seen. A save that is older than the one kept changes nothing. `savedAt`: ISO 8601. False if
   * there is no such character.
   */
  save(charId: number, context: AccountContext, savedAt: string): Promise<boolean>;
  /** Null if there is none, or one that cannot be read (the log says so, once for each). */
  load(charId: number): Promise<AccountContext | null>;
  delete(charId: number): Promise<void>;
}
