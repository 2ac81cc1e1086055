import type { Language, PlayerStore } from '../../domains/account/player-store.ts';

/** What is remembered of users, in memory. */
export class MemoryPlayerStore implements PlayerStore {
  readonly #characters = new Map<number, number>();
  readonly #languages = new Map<number, Language>();

  getActiveCharacter(userId: number): Promise<number | null> {
    return Promise.resolve(this.#characters.get(userId) ?? null);
  }

  setActiveCharacter(userId: number, charId: number | null): Promise<void> {
    if (charId === null) this.#characters.delete(userId);
    else this.#characters.set(userId, charId);
    return Promise.resolve();
  }

  getLanguage(userId: number): Promise<Language | null> {
    return Promise.resolve(this.#languages.get(userId) ?? null);
  }

  setLanguage(userId: number, language: Language): Promise<void> {
    this.#languages.set(userId, language);
    return Promise.resolve();
  }
}
