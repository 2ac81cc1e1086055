import type {
  ActiveCharacter,
  HotUserStore,
  KnownUser,
  Language,
} from '../../domains/account/hot-user-store.ts';

const unknown: KnownUser = { character: null, language: null };

export class MemoryHotUserStore implements HotUserStore {
  readonly #players = new Map<number, KnownUser>();

  read(userId: number): Promise<KnownUser> {
    return Promise.resolve(this.#players.get(userId) ?? unknown);
  }

  forget(userId: number): void {
    this.#players.delete(userId);
  }

  async fill(userId: number, { character, language }: KnownUser): Promise<void> {
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
