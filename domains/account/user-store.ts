import { boundedMap } from '../core/bounded-map.ts';
import { type CallResult, CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { OutageError } from '../core/outage-error.ts';
import { RefusedValueError } from '../core/refused-value-error.ts';
import { WaitingLine } from '../core/waiting-line.ts';
import type {
  ActiveCharacter,
  HotUserStore,
  KnownUser,
  Language,
  UserChoices,
} from './hot-user-store.ts';
import type { EnteredCharacter, UserProfile, UsersRepository } from './users-repository.ts';
import type { WriteBehindQueue } from './write-behind-queue.ts';

export interface UserStoreDeps {
  readonly hot: HotUserStore;
  readonly users: UsersRepository;
  readonly writeBehind: Pick<WriteBehindQueue, 'markDirty'>;
  readonly clock: Clock;
  readonly log: Log;
}

export type EnterReply =
  | ({ readonly kind: 'entered' } & EnteredCharacter)
  | { readonly kind: 'not_owner' }
  /** The database is unavailable; nothing was changed. */
  | { readonly kind: 'unavailable' };

/** Whether a user sees the emotes of their opponents: in the database alone. */
export interface EmoteSettings {
  /** null: the database is unavailable. */
  hasMutedEmotes(userId: number): Promise<boolean | null>;
  /** False: the database is unavailable, and nothing was changed. */
  muteEmotes(userId: number, isMuted: boolean): Promise<boolean>;
}

interface Registered {
  readonly names: string;
  readonly firstName: string;
}

/** Users whose unchanged names are not written again. */
const MAX_USERS = 10_000;

const NEW_USERS_AT_ONCE = 4;

/**
 * Users in the hot store and in the database: writes go to the database first, reads ask it only for
 * what the hot store does not know. While the database is unavailable the hot store alone is used, and
 * its changes are marked dirty.
 */
export class UserStore implements UserChoices, EmoteSettings {
  readonly #deps: UserStoreDeps;
  /** Apart: a read-only database or a full disk fails writes alone. */
  readonly #reads: CircuitBreaker;
  readonly #writes: CircuitBreaker;
  /** The embedded database answers one query at a time: a rush of new users must not fill its queue. */
  readonly #newUsers = new WaitingLine(NEW_USERS_AT_ONCE);
  readonly #registered = boundedMap<number, Registered>(MAX_USERS);

  constructor(deps: UserStoreDeps) {
    this.#deps = deps;
    this.#reads = new CircuitBreaker({ ...deps, events: null });
    this.#writes = new CircuitBreaker({
      ...deps,
      events: {
        unavailableEvent: 'user database unavailable',
        availableEvent: 'user database available again',
      },
    });
  }

  /** Writes a user's names if they are new, and the guessed language of a new user. */
  async registerUser(profile: UserProfile): Promise<void> {
    const { userId, firstName, lastName, username } = profile;
    const names = JSON.stringify([firstName, lastName, username]);
    if (this.#registered.get(userId)?.names === names) return;
    const { hot } = this.#deps;
    // A language chosen while the database was unavailable takes precedence over the guess.
    const known = await hot.read(userId);
    const language = known.language ?? profile.language;
    const register = () => this.#writes.call(() => this.#register({ ...profile, language }));
    const isNew = known.character === null && known.language === null;
    const saved = await (isNew ? this.#newUsers.run(register) : register());
    if (saved.kind === 'answered') this.#registered.set(userId, { names, firstName });
  }

  /** As Telegram sent it with their latest update; null if this process has handled none of theirs. */
  firstNameOf(userId: number): string | null {
    return this.#registered.get(userId)?.firstName ?? null;
  }

  /** Names that the database cannot store must not keep their user from playing. */
  async #register(profile: UserProfile): Promise<void> {
    const { users, log } = this.#deps;
    try {
      await users.registerUser(profile);
    } catch (error) {
      if (!(error instanceof RefusedValueError)) throw error;
      log.warn({ userId: profile.userId, err: error }, 'user names refused');
      await users.registerUser({ ...profile, firstName: '', lastName: null, username: null });
    }
  }

  /** The next update of the user writes their names again. */
  forget(userId: number): void {
    this.#registered.delete(userId);
  }

  async getUser(userId: number): Promise<KnownUser> {
    return this.#find(userId, ['character', 'language']);
  }

  async getActiveCharacter(userId: number): Promise<number | null> {
    const { character } = await this.#find(userId, ['character']);
    return character === 'none' ? null : character;
  }

  /** From the hot store alone; null: not known there. */
  async peekActiveCharacter(userId: number): Promise<ActiveCharacter | null> {
    return (await this.#deps.hot.read(userId)).character;
  }

  async setActiveCharacter(userId: number, charId: number | null): Promise<void> {
    const { users, hot, log } = this.#deps;
    const saved = await this.#writes.call(() => users.setActiveCharacter(userId, charId));
    if (saved.kind === 'answered' && !saved.value && charId !== null) {
      log.warn({ userId, charId }, 'active character missing');
      return;
    }
    await this.#markDirtyUnlessSaved(userId, saved);
    await hot.setActiveCharacter(userId, charId ?? 'none');
  }

  /** Makes the user's own character the active one and returns it as saved. */
  async enterCharacter(userId: number, charId: number): Promise<EnterReply> {
    const { users, hot } = this.#deps;
    const entered = await this.#writes.call(() => users.enterCharacter(userId, charId));
    if (entered.kind === 'unavailable') return entered;
    if (entered.value === null) return { kind: 'not_owner' };
    await hot.setActiveCharacter(userId, charId);
    return { kind: 'entered', ...entered.value };
  }

  async getLanguage(userId: number): Promise<Language | null> {
    return (await this.#find(userId, ['language'])).language;
  }

  async setLanguage(userId: number, language: Language): Promise<void> {
    const { users, hot } = this.#deps;
    const saved = await this.#writes.call(() => users.setLanguage(userId, language));
    await this.#markDirtyUnlessSaved(userId, saved);
    await hot.setLanguage(userId, language);
  }

  async hasMutedEmotes(userId: number): Promise<boolean | null> {
    const found = await this.#reads.call(() => this.#deps.users.find(userId));
    return found.kind === 'answered' ? found.value?.hasMutedEmotes === true : null;
  }

  async muteEmotes(userId: number, isMuted: boolean): Promise<boolean> {
    const saved = await this.#writes.call(() => this.#deps.users.muteEmotes(userId, isMuted));
    return saved.kind === 'answered';
  }

  /** Writes the hot store's choices to the database; false while that is unavailable. */
  async save(userIds: readonly number[]): Promise<boolean> {
    for (const userId of userIds) {
      const known = await this.#deps.hot.read(userId);
      const saved = await this.#writes.call(() => this.#saveUser(userId, known));
      if (saved.kind === 'unavailable') return false;
    }
    return true;
  }

  /** One user whose choices cannot be saved must not block the others. */
  async #saveUser(userId: number, { character, language }: KnownUser): Promise<void> {
    const { users, hot, log } = this.#deps;
    const charId = character === 'none' ? null : character;
    try {
      if (language !== null) await users.setLanguage(userId, language);
      if (character === null) return;
      if ((await users.setActiveCharacter(userId, charId)) || charId === null) return;
      log.warn({ userId, charId }, 'active character missing');
      await hot.setActiveCharacter(userId, 'none');
    } catch (error) {
      if (error instanceof OutageError) throw error;
      log.error({ userId, err: error }, 'user save failed');
    }
  }

  async #markDirtyUnlessSaved(userId: number, saved: CallResult<unknown>): Promise<void> {
    if (saved.kind === 'unavailable') await this.#deps.writeBehind.markDirty('user', userId);
  }

  /** Reads the database, and fills the hot store from it, only if one of the fields is unknown. */
  async #find(userId: number, fields: readonly (keyof KnownUser)[]): Promise<KnownUser> {
    const { hot, users } = this.#deps;
    const known = await hot.read(userId);
    if (fields.every((field) => known[field] !== null)) return known;
    const found = await this.#reads.call(() => users.find(userId));
    if (found.kind === 'unavailable' || found.value === null) return known;
    const { activeCharacterId, language } = found.value;
    const saved: KnownUser = { character: activeCharacterId ?? 'none', language };
    await hot.fill(userId, saved);
    return {
      character: known.character ?? saved.character,
      language: known.language ?? language,
    };
  }
}
