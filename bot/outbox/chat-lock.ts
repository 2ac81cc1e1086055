import { randomUUID } from 'node:crypto';
import type { ChatStore } from '../../domains/core/chat-store.ts';
import type { Timing } from '../timing.ts';
import type { ChatMemory } from './chat-memory.ts';

/** A process that dies while it writes keeps the others no longer; renewed while a call runs. */
const LEASE_MS = 3_000;
const LONGEST_WAIT_MS = 3_000;
const PAUSE_MS = 10;

export interface ChatLockDeps {
  readonly chats: ChatStore;
  readonly memory: Pick<ChatMemory, 'hold' | 'release'>;
  /** As fast as the store's, where the leases run. */
  readonly timing: Timing;
}

/**
 * One process at a time writes into a chat: else the older of two states could arrive last, and
 * stay.
 */
export class ChatLock {
  readonly #chats: ChatStore;
  readonly #memory: ChatLockDeps['memory'];
  readonly #timing: Timing;

  constructor({ chats, memory, timing }: ChatLockDeps) {
    this.#chats = chats;
    this.#memory = memory;
    this.#timing = timing;
  }

  async withLock<T>(chatId: number, write: () => Promise<T>): Promise<T> {
    const token = randomUUID();
    if (!(await this.#acquire(chatId, token))) return write();
    const written = new AbortController();
    void this.#renew(chatId, token, written.signal);
    try {
      return await write();
    } finally {
      written.abort();
      // Nobody waits for it: what this process asks next is asked after it.
      void this.#memory.release(chatId, token);
    }
  }

  /** Again and again until it is written; whether a renewal fails, the next one shows. */
  async #renew(chatId: number, token: string, written: AbortSignal): Promise<void> {
    for (;;) {
      await this.#timing.wait(LEASE_MS / 3, written);
      if (written.aborted) return;
      this.#chats.renew(chatId, { token, leaseMs: LEASE_MS }).catch(() => undefined);
    }
  }

  /** False where the store is unavailable or the chat is never free: the player is not left alone. */
  async #acquire(chatId: number, token: string): Promise<boolean> {
    const untilMs = this.#timing.now() + LONGEST_WAIT_MS;
    while (this.#timing.now() < untilMs) {
      const taken = await this.#chats.take(chatId, { token, leaseMs: LEASE_MS }).catch(() => null);
      if (taken === null) return false;
      if (taken.kind === 'taken') {
        this.#memory.hold(chatId, taken.screen);
        return true;
      }
      await this.#timing.wait(PAUSE_MS);
    }
    return false;
  }
}
