/** What waits for its write to the database: a character's live session, or a user's choices. */
export type DirtyKind = 'session' | 'user';

/** What is not written yet. */
export interface Backlog {
  readonly count: number;
  /** When the oldest change was made, in ms since the epoch; null: none waits. */
  readonly oldestMs: number | null;
}

/**
 * What the database does not have yet, and when each session's player was last seen. Stored in Redis:
 * it outlives processes, and all processes share it.
 */
export interface WriteBehindQueue {
  /** To be called before the change; an id that is dirty already keeps its earlier time. */
  markDirty(kind: DirtyKind, id: number): Promise<void>;
  /**
   * Leases ids that have been dirty since `sinceMs` or longer, the longest first. Other processes get
   * a leased id only after some seconds without `acknowledge`; a change meanwhile marks it dirty again.
   */
  leaseDirty(
    kind: DirtyKind,
    ask: { readonly sinceMs: number; readonly limit: number },
  ): Promise<number[]>;
  /** Nothing of this id is to be written any more. `leased`: a process is writing it now. */
  cancel(kind: DirtyKind, id: number): Promise<'cancelled' | 'leased'>;
  /** These leased ids are written. */
  acknowledge(kind: DirtyKind, ids: readonly number[]): Promise<void>;
  /** Leased ids are counted, and have no age. */
  backlog(kind: DirtyKind): Promise<Backlog>;

  recordSeen(charId: number): Promise<void>;
  /** When the player of this live session was last seen, in ms since the epoch; null: never. */
  seenAt(charId: number): Promise<number | null>;
  /** Characters whose player was last seen at `untilMs` or before, the longest ago first. */
  unseenSince(untilMs: number, limit: number): Promise<number[]>;
  /** The character has no live session any more. */
  forgetSeen(charId: number): Promise<void>;
}
