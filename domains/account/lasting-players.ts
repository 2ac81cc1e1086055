import { LRUCache } from 'lru-cache';
import { type Called, CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { OutageError } from '../core/outage-error.ts';
import type {
  ActiveCharacter,
  HotPlayerStore,
  KnownPlayer,
  Language,
  PlayerStore,
} from './player-store.ts';
import type { SessionLedger } from './session-ledger.ts';
import type { Entrance, Greeting, UsersRepository } from './users-repository.ts';

export interface LastingPlayersDeps {
  /** Asked first; may forget. */
  readonly hot: HotPlayerStore;
  readonly users: UsersRepository;
  readonly ledger: Pick<SessionLedger, 'noteChange'>;
  readonly clock: Clock;
  readonly log: Log;
}

export type EnterReply =
  | ({ readonly kind: 'entered' } & Entrance)
  | { readonly kind: 'not_his' }
  /** The database is, and nothing was changed. */
  | { readonly kind: 'away' };

/** So many people's names are remembered, that greeting them again asks nobody. */
const REMEMBERED = 10_000;

/**
 * Players as the hot store remembers them, over what is kept for good: written to both, for good
 * first; read for good only where the hot store knows nothing. While the repository is away, the hot
 * store alone is played on with, and what changes there is owed.
 */
export class LastingPlayers implements PlayerStore {
  readonly #deps: LastingPlayersDeps;
  readonly #breaker: CircuitBreaker;
  readonly #greeted = new LRUCache<number, string>({ max: REMEMBERED });

  constructor(deps: LastingPlayersDeps) {
    this.#deps = deps;
    this.#breaker = new CircuitBreaker({
      ...deps,
      words: {
        lost: 'users cannot be read or kept; Redis alone remembers them',
        found: 'users can be read and kept again',
      },
    });
  }

  /** Notes who is new or called otherwise; a language is guessed only for a stranger. */
  async greet(greeting: Greeting): Promise<void> {
    const { userId, firstName, lastName, username } = greeting;
    const names = JSON.stringify([firstName, lastName, username]);
    if (this.#greeted.get(userId) === names) return;
    // Chosen before there was a row for it: that choice counts, not the guess.
    const language = (await this.#deps.hot.read(userId)).language ?? greeting.language;
    const noted = await this.#breaker.call(() => this.#deps.users.greet({ ...greeting, language }));
    if (noted.kind === 'away') return;
    this.#greeted.set(userId, names);
  }

  /** Character and language, read once. */
  async getPlayer(userId: number): Promise<KnownPlayer> {
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
    await this.#oweUnlessKept(userId, kept);
    await hot.setActiveCharacter(userId, charId ?? 'none');
  }

  /** Makes the character the one that he plays, and answers what is kept of it. */
  async enter(userId: number, charId: number): Promise<EnterReply> {
    const { users, hot } = this.#deps;
    const entered = await this.#breaker.call(() => users.enter(userId, charId));
    if (entered.kind === 'away') return entered;
    if (entered.value === null) return { kind: 'not_his' };
    await hot.setActiveCharacter(userId, charId);
    return { kind: 'entered', ...entered.value };
  }

  async getLanguage(userId: number): Promise<Language | null> {
    return (await this.#find(userId, ['language'])).language;
  }

  async setLanguage(userId: number, language: Language): Promise<void> {
    const kept = await this.#breaker.call(() => this.#deps.users.setLanguage(userId, language));
    await this.#oweUnlessKept(userId, kept);
    await this.#deps.hot.setLanguage(userId, language);
  }

  /** Keeps for good what the hot store says now; false while that cannot be. */
  async catchUp(userIds: readonly number[]): Promise<boolean> {
    for (const userId of userIds) {
      const known = await this.#deps.hot.read(userId);
      const done = await this.#breaker.call(() => this.#keepAsFarAs(userId, known));
      if (done.kind === 'away') return false;
    }
    return true;
  }

  /** One user's choice that cannot be kept keeps nobody else's from it; the hot store has it still. */
  async #keepAsFarAs(userId: number, known: KnownPlayer): Promise<void> {
    try {
      await this.#keep(userId, known);
    } catch (error) {
      if (error instanceof OutageError) throw error;
      this.#deps.log.error({ userId, err: error }, 'what a user chose cannot be kept');
    }
  }

  async #keep(userId: number, { character, language }: KnownPlayer): Promise<void> {
    const { users, hot, log } = this.#deps;
    if (language !== null) await users.setLanguage(userId, language);
    if (character === null) return;
    const charId = character === 'none' ? null : character;
    if ((await users.setActiveCharacter(userId, charId)) || charId === null) return;
    log.warn({ userId, charId }, 'a character that is not there cannot be played');
    await hot.setActiveCharacter(userId, 'none');
  }

  async #oweUnlessKept(userId: number, kept: Called<unknown>): Promise<void> {
    if (kept.kind === 'away') await this.#deps.ledger.noteChange('user', userId);
  }

  /** Everything that is known, once the fields are; one question to the database fills in both. */
  async #find(userId: number, fields: readonly (keyof KnownPlayer)[]): Promise<KnownPlayer> {
    const { hot, users } = this.#deps;
    const known = await hot.read(userId);
    if (fields.every((field) => known[field] !== null)) return known;
    const found = await this.#breaker.call(() => users.find(userId));
    if (found.kind === 'away' || found.value === null) return known;
    const { activeCharacterId, language } = found.value;
    await hot.fill(userId, { character: activeCharacterId ?? 'none', language });
    return {
      character: known.character ?? activeCharacterId ?? 'none',
      language: known.language ?? language,
    };
  }
}
