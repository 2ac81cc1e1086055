import { LRUCache } from 'lru-cache';
import { type CallResult, CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { OutageError } from '../core/outage-error.ts';
import type {
  ActiveCharacter,
  HotUserStore,
  KnownUser,
  Language,
  UserChoices,
} from './hot-user-store.ts';
import type { WriteBehindQueue } from './write-behind-queue.ts';
import type { EnteredCharacter, UserProfile, UsersRepository } from './users-repository.ts';

export interface UserStoreDeps {
  /** Asked first; may forget. */
  readonly hot: HotUserStore;
  readonly users: UsersRepository;
  readonly writeBehind: Pick<WriteBehindQueue, 'markDirty'>;
  readonly clock: Clock;
  readonly log: Log;
}

export type EnterReply =
  | ({ readonly kind: 'entered' } & EnteredCharacter)
  | { readonly kind: 'not_owner' }
  /** The database is, and nothing was changed. */
  | { readonly kind: 'unavailable' };

/** So many people's names are remembered, that greeting them again asks nobody. */
const REMEMBERED = 10_000;

/**
 * Players as the hot store remembers them, over what is kept for good: written to both, for good
 * first; read for good only where the hot store knows nothing. While the repository is away, the hot
 * store alone is played on with, and what changes there is owed.
 */
export class UserStore implements UserChoices {
  readonly #deps: UserStoreDeps;
  readonly #breaker: CircuitBreaker;
  readonly #registered = new LRUCache<number, string>({ max: REMEMBERED });

  constructor(deps: UserStoreDeps) {
    this.#deps = deps;
    this.#breaker = new CircuitBreaker({
      ...deps,
      events: {
        unavailableEvent: 'users cannot be read or kept; Redis alone remembers them',
        availableEvent: 'users can be read and kept again',
      },
    });
  }

  /** Notes who is new or called otherwise; a language is guessed only for a stranger. */
  async registerUser(greeting: UserProfile): Promise<void> {
    const { userId, firstName, lastName, username } = greeting;
    const names = JSON.stringify([firstName, lastName, username]);
    if (this.#registered.get(userId) === names) return;
    // Chosen before there was a row for it: that choice counts, not the guess.
    const language = (await this.#deps.hot.read(userId)).language ?? greeting.language;
    const noted = await this.#breaker.call(() =>
      this.#deps.users.registerUser({ ...greeting, language }),
    );
    if (noted.kind === 'unavailable') return;
    this.#registered.set(userId, names);
  }

  /** Character and language, read once. */
  async getUser(userId: number): Promise<KnownUser> {
    return this.#find(userId, ['character', 'language']);
  }

  async getActiveCharacter(userId: number): Promise<number | null> {
    const { character } = await this.#find(userId, ['character']);
    return character === 'none' ? null : character;
  }

  /** As far as it is known without asking the database; null: it is not. */
  async peekActiveCharacter(userId: number): Promise<ActiveCharacter | null> {
    return (await this.#deps.hot.read(userId)).character;
  }

  async setActiveCharacter(userId: number, charId: number | null): Promise<void> {
    const { users, hot, log } = this.#deps;
    const kept = await this.#breaker.call(() => users.setActiveCharacter(userId, charId));
    if (kept.kind === 'answered' && !kept.value && charId !== null) {
      // Deleted a moment ago: the next tap leads to the lobby.
      log.warn({ userId, charId }, 'a character that is not there cannot be played');
      return;
    }
    await this.#markDirtyUnlessSaved(userId, kept);
    await hot.setActiveCharacter(userId, charId ?? 'none');
  }

  /** Makes the character the one that he plays, and answers what is kept of it. */
  async enterCharacter(userId: number, charId: number): Promise<EnterReply> {
    const { users, hot } = this.#deps;
    const entered = await this.#breaker.call(() => users.enterCharacter(userId, charId));
    if (entered.kind === 'unavailable') return entered;
    if (entered.value === null) return { kind: 'not_owner' };
    await hot.setActiveCharacter(userId, charId);
    return { kind: 'entered', ...entered.value };
  }

  async getLanguage(userId: number): Promise<Language | null> {
    return (await this.#find(userId, ['language'])).language;
  }

  async setLanguage(userId: number, language: Language): Promise<void> {
    const kept = await this.#breaker.call(() => this.#deps.users.setLanguage(userId, language));
    await this.#markDirtyUnlessSaved(userId, kept);
    await this.#deps.hot.setLanguage(userId, language);
  }

  /** Keeps for good what the hot store says now; false while that cannot be. */
  async save(userIds: readonly number[]): Promise<boolean> {
    for (const userId of userIds) {
      const known = await this.#deps.hot.read(userId);
      const done = await this.#breaker.call(() => this.#trySave(userId, known));
      if (done.kind === 'unavailable') return false;
    }
    return true;
  }

  /** One user's choice that cannot be kept keeps nobody else's from it; the hot store has it still. */
  async #trySave(userId: number, known: KnownUser): Promise<void> {
    try {
      await this.#saveUser(userId, known);
    } catch (error) {
      if (error instanceof OutageError) throw error;
      this.#deps.log.error({ userId, err: error }, 'what a user chose cannot be kept');
    }
  }

  async #saveUser(userId: number, { character, language }: KnownUser): Promise<void> {
    const { users, hot, log } = this.#deps;
    if (language !== null) await users.setLanguage(userId, language);
    if (character === null) return;
    const charId = character === 'none' ? null : character;
    if ((await users.setActiveCharacter(userId, charId)) || charId === null) return;
    log.warn({ userId, charId }, 'a character that is not there cannot be played');
    await hot.setActiveCharacter(userId, 'none');
  }

  async #markDirtyUnlessSaved(userId: number, kept: CallResult<unknown>): Promise<void> {
    if (kept.kind === 'unavailable') await this.#deps.writeBehind.markDirty('user', userId);
  }

  /** Everything that is known, once the fields are; one question to the database fills in both. */
  async #find(userId: number, fields: readonly (keyof KnownUser)[]): Promise<KnownUser> {
    const { hot, users } = this.#deps;
    const known = await hot.read(userId);
    if (fields.every((field) => known[field] !== null)) return known;
    const found = await this.#breaker.call(() => users.find(userId));
    if (found.kind === 'unavailable' || found.value === null) return known;
    const { activeCharacterId, language } = found.value;
    await hot.fill(userId, { character: activeCharacterId ?? 'none', language });
    return {
      character: known.character ?? activeCharacterId ?? 'none',
      language: known.language ?? language,
    };
  }
}
