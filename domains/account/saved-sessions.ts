import type { AccountContext } from './account-context.ts';

/** A live session as it was read at `savedAtMs`; its player was last seen at `seenAtMs`. */
export interface SessionToSave {
  readonly charId: number;
  readonly context: AccountContext;
  readonly savedAtMs: number;
  readonly seenAtMs: number;
}

/**
 * `older`: the stored session was saved later, and stays. `missing`: there is no such character.
 * `refused`: the database rejects this session, which is logged.
 */
export type SaveReply = 'saved' | 'older' | 'missing' | 'refused';

/** The last saved state of live sessions, in the database. */
export interface SavedSessions {
  /**
   * Saves sessions of different characters and, in the same transaction, the characters' vitals,
   * locations and last-seen times. Replies in the order of the sessions.
   */
  save(sessions: readonly SessionToSave[]): Promise<SaveReply[]>;
  /** Null if there is none or it cannot be read, which is logged once for each. */
  load(charId: number): Promise<AccountContext | null>;
}
