import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Language, PlayerStore } from './player-store.ts';
import type { Greeting, UserRecord, UsersRepository } from './users-repository.ts';

export interface LastingPlayersDeps {
  /** Asked first; may forget. */
  readonly hot: PlayerStore;
  readonly users: UsersRepository;
  readonly clock: Clock;
  readonly log: Log;
}

/** Whoever has just failed to answer is not asked by every tap again. */
const REST_MS = 5_000;
/** So many people's names are remembered, that greeting them again asks nobody. */
const REMEMBERED = 10_000;

/**
 * Players as the hot store remembers them, over what is kept for good: written to both, for good
 * first; read for good only where the hot store knows nothing. While the repository is away, what
 * the hot store knows is played on with.
 */
export class LastingPlayers implements PlayerStore {
  readonly #hot: PlayerStore;
  readonly #users: UsersRepository;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #greeted = new Map<number, string>();
  #restUntilMs = 0;
  #away = false;

  constructor({ hot, users, clock, log }: LastingPlayersDeps) {
    this.#hot = hot;
    this.#users = users;
    this.#clock = clock;
    this.#log = log;
  }

  /** Notes who is new or called otherwise; a language is guessed only for a stranger. */
  async greet(greeting: Greeting): Promise<void> {
    const { userId, firstName, lastName, username } = greeting;
    const names = JSON.stringify([firstName, lastName, username]);
    if (this.#greeted.get(userId) === names) return;
    // Chosen before there was a row for it: that choice counts, not the guess.
    const language = (await this.#hot.getLanguage(userId)) ?? greeting.language;
    const noted = await this.#unlessAway(async () => {
      await this.#users.greet({ ...greeting, language });
      return true;
    });
    if (noted === null) return;
    if (this.#greeted.size >= REMEMBERED) this.#greeted.clear();
    this.#greeted.set(userId, names);
  }

  async getActiveCharacter(userId: number): Promise<number | null> {
    const known = await this.#hot.getActiveCharacter(userId);
    if (known !== null) return known;
    const kept = (await this.#find(userId))?.activeCharacterId ?? null;
    if (kept !== null) await this.#hot.setActiveCharacter(userId, kept);
    return kept;
  }

  /** Raises where it cannot be kept for good: nothing has changed then. */
  async setActiveCharacter(userId: number, charId: number | null): Promise<void> {
    const kept = await this.#users.setActiveCharacter(userId, charId);
    if (!kept && charId !== null) {
      // Deleted a moment ago: the next tap leads to the lobby.
      this.#log.warn({ userId, charId }, 'a character that is not there cannot be played');
      return;
    }
    await this.#hot.setActiveCharacter(userId, charId);
  }

  async getLanguage(userId: number): Promise<Language | null> {
    const known = await this.#hot.getLanguage(userId);
    if (known !== null) return known;
    const kept = (await this.#find(userId))?.language ?? null;
    if (kept !== null) await this.#hot.setLanguage(userId, kept);
    return kept;
  }

  /** Nobody has to wait for the repository to read in his language. */
  async setLanguage(userId: number, language: Language): Promise<void> {
    await this.#unlessAway(() => this.#users.setLanguage(userId, language));
    await this.#hot.setLanguage(userId, language);
  }

  async #find(userId: number): Promise<UserRecord | null> {
    return this.#unlessAway(() => this.#users.find(userId));
  }

  /** Null while the repository is away, which is told once. */
  async #unlessAway<T>(ask: () => Promise<T>): Promise<T | null> {
    if (this.#clock.now() < this.#restUntilMs) return null;
    try {
      const answer = await ask();
      if (this.#away) this.#log.info({}, 'users can be read and kept again');
      this.#away = false;
      return answer;
    } catch (error) {
      this.#restUntilMs = this.#clock.now() + REST_MS;
      if (!this.#away) {
        this.#log.warn({ err: error }, 'users cannot be read or kept; Redis alone remembers them');
      }
      this.#away = true;
      return null;
    }
  }
}
