/** What `take` answers: the lock is the caller's, with the remembered screen, or somebody else's. */
export type ChatLockReply =
  { readonly kind: 'taken'; readonly screen: unknown } | { readonly kind: 'busy' };

/**
 * The screen that each chat shows, and a lock so that one process at a time writes into a chat. Screens
 * are small JSON values; absent and broken ones read as null.
 */
export interface ChatStore {
  readScreen(chatId: number): Promise<unknown>;
  writeScreen(chatId: number, screen: unknown): Promise<void>;
  /** Takes the lock for `leaseMs` under a token of the caller's own, in one step with the read. */
  take(
    chatId: number,
    lock: { readonly token: string; readonly leaseMs: number },
  ): Promise<ChatLockReply>;
  /** Makes the lease last for `leaseMs` from now on, if the lock is still the token's. */
  renew(chatId: number, lock: { readonly token: string; readonly leaseMs: number }): Promise<void>;
  /** Remembers the screen, unless it is null, and frees the lock; nothing if another has it by now. */
  release(chatId: number, token: string, screen: unknown): Promise<void>;
}
