import { randomUUID } from 'node:crypto';
import type { ChatStore } from '../../domains/core/chat-store.ts';
import { type Timing, endWait } from '../timing.ts';
import type { ChatMemory } from './chat-memory.ts';

/** A crashed process blocks the others no longer than this; a running call renews its lease. */
const LEASE_MS = 3_000;
const MAX_WAIT_MS = 3_000;
const RETRY_MS = 10;

export interface ChatLockDeps {
  readonly chats: ChatStore;
  readonly memory: Pick<ChatMemory, 'take' | 'release'>;
  /** Must run as fast as the store's clock, which measures the leases. */
  readonly timing: Timing;
}

/** Lets one process at a time write into a chat: otherwise an older state could arrive last. */
export class ChatLock {
  readonly #deps: ChatLockDeps;

  constructor(deps: ChatLockDeps) {
    this.#deps = deps;
  }

  /** Runs `write` under the chat's lock, or without it if the lock cannot be acquired in time. */
  async withLock<T>(chatId: number, write: () => Promise<T>): Promise<T> {
    const token = randomUUID();
    if (!(await this.#acquire(chatId, token))) return write();
    const written = new AbortController();
    void this.#renew(chatId, token, written.signal);
    try {
      return await write();
    } finally {
      endWait(written);
      // Not awaited: commands of this process reach the store in order.
      void this.#deps.memory.release(chatId, token);
    }
  }

  /** Ignores failures: the next renewal follows before the lease ends. */
  async #renew(chatId: number, token: string, written: AbortSignal): Promise<void> {
    const { chats, timing } = this.#deps;
    for (;;) {
      await timing.wait(LEASE_MS / 3, written);
      if (written.aborted) return;
      chats.renew(chatId, { token, leaseMs: LEASE_MS }).catch(() => undefined);
    }
  }

  /** False if the store is unavailable or the lock stays taken: the player gets the screen anyway. */
  async #acquire(chatId: number, token: string): Promise<boolean> {
    const { memory, timing } = this.#deps;
    const untilMs = timing.now() + MAX_WAIT_MS;
    while (timing.now() < untilMs) {
      const taken = await memory.take(chatId, { token, leaseMs: LEASE_MS });
      if (taken !== 'busy') return taken === 'taken';
      await timing.wait(RETRY_MS);
    }
    return false;
  }
}
