/** What is owed to the database: a character's live session, or what a user has chosen. */
export const dirtyKinds = ['session', 'user'] as const;
export type DirtyKind = (typeof dirtyKinds)[number];

/**
 * What the hot store holds and the database does not know yet, and whose player was seen when. It
 * outlives processes, and all of them share it.
 */
export interface WriteBehindQueue {
  /** Before a change is made; what has been owed for longer stays owed since then. */
  markDirty(kind: DirtyKind, id: number): Promise<void>;
  /**
   * Takes what has been owed since `sinceMs` or longer, the longest owed first. Nobody else takes it
   * until it is settled or some seconds have passed; what changes meanwhile is owed anew.
   */
  leaseDirty(
    kind: DirtyKind,
    ask: { readonly sinceMs: number; readonly limit: number },
  ): Promise<number[]>;
  /** These have been written down. */
  acknowledge(kind: DirtyKind, ids: readonly number[]): Promise<void>;

  recordSeen(charId: number): Promise<void>;
  /** When the player of this live session was last seen, in ms since the epoch; null: never. */
  seenAt(charId: number): Promise<number | null>;
  /** Characters whose player was last seen at `untilMs` or before, the longest away first. */
  unseenSince(untilMs: number, limit: number): Promise<number[]>;
  /** The character has no live session any more. */
  forgetSeen(charId: number): Promise<void>;
}
