import type { CharactersRepository } from '../../domains/account/characters-repository.ts';
import type { Language } from '../../domains/account/hot-user-store.ts';
import type { SavedSessions } from '../../domains/account/saved-sessions.ts';
import type {
  EnteredCharacter,
  UserProfile,
  UserRecord,
  UsersRepository,
} from '../../domains/account/users-repository.ts';

export class MemoryUsersRepository implements UsersRepository {
  readonly #users = new Map<number, UserRecord>();
  readonly #characters: Pick<CharactersRepository, 'find'>;
  readonly #saved: Pick<SavedSessions, 'load'>;

  constructor(
    characters: Pick<CharactersRepository, 'find'>,
    saved: Pick<SavedSessions, 'load'> = { load: () => Promise.resolve(null) },
  ) {
    this.#characters = characters;
    this.#saved = saved;
  }

  registerUser({ language, ...names }: UserProfile): Promise<void> {
    const known = this.#of(names.userId);
    this.#users.set(known.userId, { ...known, ...names, language: known.language ?? language });
    return Promise.resolve();
  }

  find(userId: number): Promise<UserRecord | null> {
    return Promise.resolve(this.#users.get(userId) ?? null);
  }

  setLanguage(userId: number, language: Language): Promise<void> {
    this.#users.set(userId, { ...this.#of(userId), language });
    return Promise.resolve();
  }

  muteEmotes(userId: number, hasMutedEmotes: boolean): Promise<void> {
    this.#users.set(userId, { ...this.#of(userId), hasMutedEmotes });
    return Promise.resolve();
  }

  async setActiveCharacter(userId: number, charId: number | null): Promise<boolean> {
    const character = charId === null ? null : await this.#characters.find(charId);
    if (charId !== null && character?.user_id !== userId) return false;
    this.#users.set(userId, { ...this.#of(userId), activeCharacterId: charId });
    return true;
  }

  async enterCharacter(userId: number, charId: number): Promise<EnteredCharacter | null> {
    const previousId = this.#of(userId).activeCharacterId;
    if (!(await this.setActiveCharacter(userId, charId))) return null;
    const character = await this.#characters.find(charId);
    if (character === null) return null;
    return { character, saved: await this.#saved.load(charId), previousId };
  }

  #of(userId: number): UserRecord {
    const empty = {
      firstName: null,
      lastName: null,
      username: null,
      language: null,
      hasMutedEmotes: false,
    };
    const newUser = { ...empty, activeCharacterId: null, createdAt: '2026-01-01T00:00:00.000Z' };
    return this.#users.get(userId) ?? { userId, ...newUser };
  }
}
