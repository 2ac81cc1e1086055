import type { Timing } from '../../bot/timing.ts';
import type { ChatStore, ChatLockReply } from '../../domains/core/chat-store.ts';

interface Asked {
  readonly token: string;
  readonly leaseMs: number;
}

/**
 * Screens and locks of chats in memory; while `isDown`, everything is refused. Leases run by the
 * timing that is handed in, else they last.
 */
export class MemoryChats implements ChatStore {
  isDown = false;
  readonly #timing: Pick<Timing, 'now'>;
  readonly #screens = new Map<number, unknown>();
  readonly #locks = new Map<number, { readonly token: string; readonly untilMs: number }>();

  constructor(timing: Pick<Timing, 'now'> = { now: () => 0 }) {
    this.#timing = timing;
  }

  async readScreen(chatId: number): Promise<unknown> {
    await this.#up();
    return this.#screens.get(chatId) ?? null;
  }

  async writeScreen(chatId: number, screen: unknown): Promise<void> {
    await this.#up();
    this.#screens.set(chatId, screen);
  }

  async take(chatId: number, asked: Asked): Promise<ChatLockReply> {
    await this.#up();
    if (this.#owner(chatId) !== null) return { kind: 'busy' };
    this.#lock(chatId, asked);
    return { kind: 'taken', screen: this.#screens.get(chatId) ?? null };
  }

  async renew(chatId: number, asked: Asked): Promise<void> {
    await this.#up();
    if (this.#owner(chatId) === asked.token) this.#lock(chatId, asked);
  }

  async release(chatId: number, token: string, screen: unknown): Promise<void> {
    // A lease ends by itself, also while the store cannot be reached.
    if (this.#owner(chatId) === token) this.#locks.delete(chatId);
    await this.#up();
    if (screen !== null) this.#screens.set(chatId, screen);
  }

  #lock(chatId: number, { token, leaseMs }: Asked): void {
    this.#locks.set(chatId, { token, untilMs: this.#timing.now() + leaseMs });
  }

  #owner(chatId: number): string | null {
    const lock = this.#locks.get(chatId);
    return lock === undefined || lock.untilMs <= this.#timing.now() ? null : lock.token;
  }

  #up(): Promise<void> {
    return this.isDown ? Promise.reject(new Error('the store is down')) : Promise.resolve();
  }
}
