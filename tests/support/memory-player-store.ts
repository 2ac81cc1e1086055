import type {
  ActiveCharacter,
  HotPlayerStore,
  KnownPlayer,
  Language,
} from '../../domains/account/player-store.ts';

const unknown: KnownPlayer = { character: null, language: null };

/** What is remembered of users, in memory. */
export class MemoryPlayerStore implements HotPlayerStore {
  readonly #players = new Map<number, KnownPlayer>();

  read(userId: number): Promise<KnownPlayer> {
    return Promise.resolve(this.#players.get(userId) ?? unknown);
  }

  forget(userId: number): void {
    this.#players.delete(userId);
  }

  async fill(userId: number, { character, language }: KnownPlayer): Promise<void> {
    const known = await this.read(userId);
    const filled = {
      character: known.character ?? character,
      language: known.language ?? language,
    };
    this.#players.set(userId, filled);
  }

  async setActiveCharacter(userId: number, character: ActiveCharacter): Promise<void> {
    this.#players.set(userId, { ...(await this.read(userId)), character });
  }

  async setLanguage(userId: number, language: Language): Promise<void> {
    this.#players.set(userId, { ...(await this.read(userId)), language });
  }
}
