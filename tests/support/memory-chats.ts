import type { ChatStore, ChatTaken } from '../../domains/core/chat-store.ts';

/** Screens and locks of chats in memory; while `isDown`, everything is refused. */
export class MemoryChats implements ChatStore {
  isDown = false;
  readonly #screens = new Map<number, unknown>();
  readonly #locks = new Map<number, string>();

  async readScreen(chatId: number): Promise<unknown> {
    await this.#up();
    return this.#screens.get(chatId) ?? null;
  }

  async writeScreen(chatId: number, screen: unknown): Promise<void> {
    await this.#up();
    this.#screens.set(chatId, screen);
  }

  async take(chatId: number, { token }: { readonly token: string }): Promise<ChatTaken> {
    await this.#up();
    if (this.#locks.has(chatId)) return { kind: 'busy' };
    this.#locks.set(chatId, token);
    return { kind: 'taken', screen: this.#screens.get(chatId) ?? null };
  }

  renew(): Promise<void> {
    return this.#up();
  }

  async release(chatId: number, token: string, screen: unknown): Promise<void> {
    // A lease ends by itself, also while the store cannot be reached.
    if (this.#locks.get(chatId) === token) this.#locks.delete(chatId);
    await this.#up();
    if (screen !== null) this.#screens.set(chatId, screen);
  }

  #up(): Promise<void> {
    return this.isDown ? Promise.reject(new Error('the store is down')) : Promise.resolve();
  }
}
