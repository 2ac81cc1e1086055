import { randomUUID } from 'node:crypto';
import type { ChatStore } from '../../domains/core/chat-store.ts';
import { systemTiming } from '../timing.ts';
import type { ChatMemory } from './chat-memory.ts';

/** A process that dies while it writes keeps the others no longer; renewed while a call runs. */
const LEASE_MS = 3_000;
const LONGEST_WAIT_MS = 3_000;
const PAUSE_MS = 10;

/**
 * One process at a time writes into a chat: else the older of two states could arrive last, and
 * stay. Time is the store's, whatever the outbox measures by.
 */
export class ChatTurns {
  readonly #chats: ChatStore;
  readonly #memory: ChatMemory;

  constructor(chats: ChatStore, memory: ChatMemory) {
    this.#chats = chats;
    this.#memory = memory;
  }

  async take<T>(chatId: number, write: () => Promise<T>): Promise<T> {
    const token = randomUUID();
    if (!(await this.#lock(chatId, token))) return write();
    const renewal = setInterval(() => {
      this.#chats.renew(chatId, { token, leaseMs: LEASE_MS }).catch(() => undefined);
    }, LEASE_MS / 3);
    try {
      return await write();
    } finally {
      clearInterval(renewal);
      // Nobody waits for it: what this process asks next is asked after it.
      void this.#memory.release(chatId, token);
    }
  }

  /** False where the store is unavailable or the chat is never free: the player is not left alone. */
  async #lock(chatId: number, token: string): Promise<boolean> {
    const untilMs = systemTiming.now() + LONGEST_WAIT_MS;
    while (systemTiming.now() < untilMs) {
      const taken = await this.#chats.take(chatId, { token, leaseMs: LEASE_MS }).catch(() => null);
      if (taken === null) return false;
      if (taken.kind === 'taken') {
        this.#memory.hold(chatId, taken.screen);
        return true;
      }
      await systemTiming.wait(PAUSE_MS);
    }
    return false;
  }
}
