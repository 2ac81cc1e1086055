/** `taken`: the caller has the lock. `busy`: another process has it. */
export type ChatLockReply =
  { readonly kind: 'taken'; readonly screen: unknown } | { readonly kind: 'busy' };

/**
 * The screen that each chat shows, and a lock so that one process at a time writes into a chat. Screens
 * are small JSON values; a missing or unreadable one reads as null.
 */
export interface ChatStore {
  readScreen(chatId: number): Promise<unknown>;
  writeScreen(chatId: number, screen: unknown): Promise<void>;
  eraseScreen(chatId: number): Promise<void>;
  /** Takes the lock for `leaseMs` under the caller's unique token; reads the screen in the same step. */
  take(
    chatId: number,
    lock: { readonly token: string; readonly leaseMs: number },
  ): Promise<ChatLockReply>;
  /** Extends the lease to `leaseMs` from now if the token still holds the lock. */
  renew(chatId: number, lock: { readonly token: string; readonly leaseMs: number }): Promise<void>;
  /** Stores the screen unless it is null and frees the lock; does nothing if the token lost the lock. */
  release(chatId: number, token: string, screen: unknown): Promise<void>;
}
