import type { AccountContext } from './account-context.ts';

/** A live session as it was read at `savedAtMs`; its player was last seen at `seenAtMs`. */
export interface SessionToSave {
  readonly charId: number;
  readonly context: AccountContext;
  readonly savedAtMs: number;
  readonly seenAtMs: number;
}

/**
 * `older`: what is kept was saved later, and stays. `missing`: there is no such character.
 * `refused`: the database will not have this one as it is (the log says so).
 */
export type SaveReply = 'saved' | 'older' | 'missing' | 'refused';

/** Live sessions, kept for good as they last were. */
export interface SavedSessions {
  /**
   * Keeps the sessions (each of another character) and, in the same step, the characters' vitals,
   * locations and when they were last seen. Replies in the order of the sessions.
   */
  save(sessions: readonly SessionToSave[]): Promise<SaveReply[]>;
  /** Null if there is none, or one that cannot be read (the log says so, once for each). */
  load(charId: number): Promise<AccountContext | null>;
}
