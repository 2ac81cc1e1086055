import { boundedMap } from '../../domains/core/bounded-map.ts';
import { z } from 'zod';
import type { UserChoices } from '../../domains/account/hot-user-store.ts';
import type { Log } from '../../domains/core/log.ts';
import type { ChatLockReply, ChatStore } from '../../domains/core/chat-store.ts';
import type { Language } from '../../resources/texts/index.ts';
import { type Timing, systemTiming } from '../timing.ts';

/** The screen that a chat shows: which message, which screen, and what it looks like. */
const currentScreenSchema = z.object({
  messageId: z.int(),
  screen: z.string().default(''),
  digest: z.string(),
  state: z.object({ of: z.string(), version: z.int() }).nullable().default(null),
  /** Null in records of older releases. */
  asOfMs: z.number().nullable().default(null),
  /** What the next typed text answers; absent if it is unknown which screen this is. */
  asks: z.string().nullable().optional(),
  /** Sends without a response since the last tap: the chat may hold this many copies. */
  unanswered: z.int().default(0),
});
export type CurrentScreen = z.infer<typeof currentScreenSchema>;

export interface ChatMemoryDeps {
  readonly chats: ChatStore;
  readonly players: Pick<UserChoices, 'getLanguage'>;
  readonly log: Log;
  /** Whether an error means that the stores are unavailable; by default none does. */
  readonly isStoreOutage?: (error: unknown) => boolean;
}

type Store = 'screens' | 'languages';
type Lease = Parameters<ChatStore['take']>[1];

const MAX_CHATS = 10_000;
/**
 * For so long after an outage the stores are not asked: each command to a server that hangs fails only
 * after its timeout, and a screen needs several.
 */
const PAUSE_MS = 2_000;

/**
 * What must be known of a chat to write to it. Reads fall back to this process's own copy while the
 * store is unavailable, so that players still get their screens.
 */
export class ChatMemory {
  readonly #deps: ChatMemoryDeps;
  readonly #timing: Pick<Timing, 'now'>;
  readonly #screens = boundedMap<number, CurrentScreen>(MAX_CHATS);
  readonly #languages = boundedMap<number, Language>(MAX_CHATS);
  /** Chats whose last record could not be stored: the local copy is newer than the store's. */
  readonly #unsaved = new Set<number>();
  readonly #unavailable = new Set<Store>();
  #pausedUntilMs = -Infinity;
  /** Chats locked by this process: the screen read with the lock, and the one shown since. */
  readonly #held = new Map<
    number,
    { readonly found: CurrentScreen | null; shown: CurrentScreen | null }
  >();

  constructor(deps: ChatMemoryDeps, timing: Pick<Timing, 'now'> = systemTiming) {
    this.#deps = deps;
    this.#timing = timing;
  }

  async currentScreen(chatId: number): Promise<CurrentScreen | null> {
    const held = this.#held.get(chatId);
    if (held !== undefined) return held.shown ?? held.found;
    const local = this.#screens.get(chatId) ?? null;
    if (local !== null && this.#unsaved.has(chatId)) {
      await this.remember(chatId, local);
      return local;
    }
    return this.#attempt('screens', local, async () =>
      this.#parseScreen(chatId, await this.#deps.chats.readScreen(chatId)),
    );
  }

  async remember(chatId: number, value: CurrentScreen): Promise<void> {
    this.#screens.set(chatId, value);
    const held = this.#held.get(chatId);
    if (held !== undefined) held.shown = value;
    else await this.#save(chatId, () => this.#deps.chats.writeScreen(chatId, value));
  }

  /** Nothing of the chat is remembered, here or in the store. */
  async forget(chatId: number): Promise<void> {
    this.#screens.delete(chatId);
    this.#languages.delete(chatId);
    this.#unsaved.delete(chatId);
    if (this.#held.has(chatId)) this.#held.set(chatId, { found: null, shown: null });
    await this.#attempt('screens', undefined, () => this.#deps.chats.eraseScreen(chatId));
  }

  /** Takes the chat's lock and reads its screen; null if the store is unavailable. */
  async take(chatId: number, lease: Lease): Promise<ChatLockReply['kind'] | null> {
    const reply = await this.#attempt('screens', null, () => this.#deps.chats.take(chatId, lease));
    if (reply?.kind === 'taken') this.#hold(chatId, reply.screen);
    return reply?.kind ?? null;
  }

  #hold(chatId: number, screen: unknown): void {
    const unsaved = this.#unsaved.has(chatId) ? (this.#screens.get(chatId) ?? null) : null;
    this.#held.set(chatId, { found: this.#parseScreen(chatId, screen), shown: unsaved });
  }

  /** Releases the chat's lock and stores what was shown under it, in one step. */
  async release(chatId: number, token: string): Promise<void> {
    const shown = this.#held.get(chatId)?.shown ?? null;
    this.#held.delete(chatId);
    await this.#save(chatId, () => this.#deps.chats.release(chatId, token, shown));
  }

  /** The user's choice, or the hint, or English. */
  async language(userId: number, hint: Language | null): Promise<Language> {
    const local = this.#languages.get(userId) ?? null;
    const language = await this.#attempt('languages', local, () =>
      this.#deps.players.getLanguage(userId),
    );
    if (language !== null) this.#languages.set(userId, language);
    return language ?? hint ?? 'en';
  }

  /** The local copy replaces a record that the store has lost. */
  #parseScreen(chatId: number, screen: unknown): CurrentScreen | null {
    const parsed = currentScreenSchema.safeParse(screen);
    return parsed.success ? parsed.data : (this.#screens.get(chatId) ?? null);
  }

  async #save(chatId: number, save: () => Promise<void>): Promise<void> {
    const isSaved = await this.#attempt('screens', false, () => save().then(() => true));
    if (isSaved) this.#unsaved.delete(chatId);
    else this.#unsaved.add(chatId);
  }

  /** Logs an outage once, not for every chat. */
  async #attempt<T>(store: Store, fallback: T, access: () => Promise<T>): Promise<T> {
    if (this.#timing.now() < this.#pausedUntilMs) return fallback;
    try {
      const result = await access();
      this.#unavailable.delete(store);
      return result;
    } catch (error) {
      if (this.#deps.isStoreOutage?.(error) === true)
        this.#pausedUntilMs = this.#timing.now() + PAUSE_MS;
      if (!this.#unavailable.has(store))
        this.#deps.log.warn({ store, err: error }, 'chat store unavailable');
      this.#unavailable.add(store);
      return fallback;
    }
  }
}
