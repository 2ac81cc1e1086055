import type { MemoStore } from '../../domains/core/memo-store.ts';
import { systemTiming } from '../timing.ts';

const KIND = 'writing';
/** Longer than a call takes; a process that dies while it writes keeps the others no longer. */
const HELD_MS = 3_000;
const LONGEST_WAIT_MS = 2 * HELD_MS;
const PAUSE_MS = 10;

/**
 * One process at a time writes into a chat: else the older of two states could arrive last, and
 * stay. Time is the store's, whatever the outbox measures by.
 */
export class ChatTurns {
  readonly #memos: MemoStore;

  constructor(memos: MemoStore) {
    this.#memos = memos;
  }

  async take<T>(chatId: number, write: () => Promise<T>): Promise<T> {
    const release = await this.#hold(String(chatId));
    try {
      return await write();
    } finally {
      // Nobody waits for it: what this process asks next is asked after it.
      release?.().catch(() => undefined);
    }
  }

  /** null: a dead store, or a chat that is never free, is no reason to leave a player alone. */
  async #hold(id: string): Promise<(() => Promise<void>) | null> {
    const untilMs = systemTiming.now() + LONGEST_WAIT_MS;
    while (systemTiming.now() < untilMs) {
      try {
        const release = await this.#memos.hold(KIND, id, HELD_MS);
        if (release !== null) return release;
      } catch {
        return null;
      }
      await systemTiming.wait(PAUSE_MS);
    }
    return null;
  }
}
