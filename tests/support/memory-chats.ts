import type { Timing } from '../../bot/timing.ts';
import type { ChatStore, ChatLockReply } from '../../domains/core/chat-store.ts';

interface LockRequest {
  readonly token: string;
  readonly leaseMs: number;
}

/**
 * Screens and locks of chats in memory; unavailable while `isDown`. Without a timing, leases never
 * expire.
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
    await this.#checkUp();
    return this.#screens.get(chatId) ?? null;
  }

  async writeScreen(chatId: number, screen: unknown): Promise<void> {
    await this.#checkUp();
    this.#screens.set(chatId, screen);
  }

  async eraseScreen(chatId: number): Promise<void> {
    await this.#checkUp();
    this.#screens.delete(chatId);
  }

  async take(chatId: number, request: LockRequest): Promise<ChatLockReply> {
    await this.#checkUp();
    if (this.#ownerOf(chatId) !== null) return { kind: 'busy' };
    this.#lock(chatId, request);
    return { kind: 'taken', screen: this.#screens.get(chatId) ?? null };
  }

  async renew(chatId: number, request: LockRequest): Promise<void> {
    await this.#checkUp();
    if (this.#ownerOf(chatId) === request.token) this.#lock(chatId, request);
  }

  async release(chatId: number, token: string, screen: unknown): Promise<void> {
    // Also while the store is down, since a lease expires by itself.
    if (this.#ownerOf(chatId) === token) this.#locks.delete(chatId);
    await this.#checkUp();
    if (screen !== null) this.#screens.set(chatId, screen);
  }

  #lock(chatId: number, { token, leaseMs }: LockRequest): void {
    this.#locks.set(chatId, { token, untilMs: this.#timing.now() + leaseMs });
  }

  #ownerOf(chatId: number): string | null {
    const lock = this.#locks.get(chatId);
    return lock === undefined || lock.untilMs <= this.#timing.now() ? null : lock.token;
  }

  #checkUp(): Promise<void> {
    return this.isDown ? Promise.reject(new Error('the store is down')) : Promise.resolve();
  }
}
