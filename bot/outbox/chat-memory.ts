import { z } from 'zod';
import type { UserChoices } from '../../domains/account/hot-user-store.ts';
import type { Log } from '../../domains/core/log.ts';
import type { ChatStore } from '../../domains/core/chat-store.ts';
import type { Language } from '../../resources/texts/index.ts';
import { factsOf } from '../api-errors.ts';

/** The present screen of a chat: its message, which screen it is, and what it looks like. */
const currentScreenSchema = z.object({
  messageId: z.int(),
  screen: z.string().default(''),
  digest: z.string(),
  state: z.object({ of: z.string(), version: z.int() }).nullable().default(null),
  /** Null where an older release has written it. */
  asOfMs: z.number().nullable().default(null),
  /** What the next typed text answers; absent where it is not known which screen this is. */
  asks: z.string().nullable().optional(),
  /** Sends without an answer since the last tap: the chat may hold so many copies. */
  unanswered: z.int().default(0),
});
export type CurrentScreen = z.infer<typeof currentScreenSchema>;

export interface ChatMemoryDeps {
  readonly chats: ChatStore;
  readonly players: Pick<UserChoices, 'getLanguage'>;
  readonly log: Log;
}

type Store = 'screens' | 'languages';

const KEPT = 10_000;

/**
 * What must be known of a chat to write to it, kept in the chat store; while that cannot be
 * reached, what this process remembers must do: a dead store is no reason to leave a player alone.
 */
export class ChatMemory {
  readonly #deps: ChatMemoryDeps;
  readonly #screens = new Map<number, CurrentScreen>();
  readonly #languages = new Map<number, Language>();
  /** Chats whose last record could not be stored: ours is the newer one. */
  readonly #unsaved = new Set<number>();
  readonly #unavailable = new Set<Store>();
  /** Chats whose lock this process holds: the screen found there, and the one shown since. */
  readonly #held = new Map<
    number,
    { readonly found: CurrentScreen | null; shown: CurrentScreen | null }
  >();

  constructor(deps: ChatMemoryDeps) {
    this.#deps = deps;
  }

  async currentScreen(chatId: number): Promise<CurrentScreen | null> {
    const held = this.#held.get(chatId);
    if (held !== undefined) return held.shown ?? held.found;
    const fallback = this.#screens.get(chatId) ?? null;
    if (fallback !== null && this.#unsaved.has(chatId)) {
      await this.remember(chatId, fallback);
      return fallback;
    }
    return this.#attempt('screens', fallback, async () =>
      this.#parseScreen(chatId, await this.#deps.chats.readScreen(chatId)),
    );
  }

  async remember(chatId: number, value: CurrentScreen): Promise<void> {
    keep(this.#screens, chatId, value);
    const held = this.#held.get(chatId);
    if (held === undefined)
      await this.#save(chatId, () => this.#deps.chats.writeScreen(chatId, value));
    else held.shown = value;
  }

  /** The chat's lock is ours, and this screen was read with it. */
  hold(chatId: number, screen: unknown): void {
    const unsaved = this.#unsaved.has(chatId) ? (this.#screens.get(chatId) ?? null) : null;
    this.#held.set(chatId, { found: this.#parseScreen(chatId, screen), shown: unsaved });
  }

  /** Frees the chat's lock and saves what was shown under it, in one step. */
  async release(chatId: number, token: string): Promise<void> {
    const shown = this.#held.get(chatId)?.shown ?? null;
    this.#held.delete(chatId);
    await this.#save(chatId, () => this.#deps.chats.release(chatId, token, shown));
  }

  /** A store that has lost its screens is made up for by what this process remembers. */
  #parseScreen(chatId: number, screen: unknown): CurrentScreen | null {
    const parsed = currentScreenSchema.safeParse(screen);
    return parsed.success ? parsed.data : (this.#screens.get(chatId) ?? null);
  }

  async #save(chatId: number, save: () => Promise<void>): Promise<void> {
    const isSaved = await this.#attempt('screens', false, async () => {
      await save();
      return true;
    });
    if (isSaved) this.#unsaved.delete(chatId);
    else this.#unsaved.add(chatId);
  }

  /** The player's choice, else the hint, else English. */
  async language(userId: number, hint: Language | null): Promise<Language> {
    const known = this.#languages.get(userId) ?? null;
    const language = await this.#attempt('languages', known, () =>
      this.#deps.players.getLanguage(userId),
    );
    if (language !== null) keep(this.#languages, userId, language);
    return language ?? hint ?? 'en';
  }

  async #attempt<T>(store: Store, fallback: T, look: () => Promise<T>): Promise<T> {
    try {
      const seen = await look();
      this.#unavailable.delete(store);
      return seen;
    } catch (error) {
      // A dead store fails for every chat: one line says it.
      if (!this.#unavailable.has(store))
        this.#deps.log.warn(
          { store, ...factsOf(error) },
          'chats cannot be looked up; going on from memory',
        );
      this.#unavailable.add(store);
      return fallback;
    }
  }
}

/** Newest last; the oldest is forgotten. */
function keep<T>(map: Map<number, T>, chatId: number, value: T): void {
  map.delete(chatId);
  map.set(chatId, value);
  const [oldest] = map.keys();
  if (map.size > KEPT && oldest !== undefined) map.delete(oldest);
}
