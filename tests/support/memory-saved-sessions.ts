import type { AccountContext } from '../../domains/account/account-context.ts';
import type { CharactersRepository } from '../../domains/account/characters-repository.ts';
import type { SavedSessions } from '../../domains/account/saved-sessions.ts';

/** Saved sessions in memory; their characters are where and how they were saved. */
export class MemorySavedSessions implements SavedSessions {
  readonly #sessions = new Map<number, AccountContext>();
  readonly #characters: Pick<CharactersRepository, 'update'>;

  constructor(characters: Pick<CharactersRepository, 'update'>) {
    this.#characters = characters;
  }

  async save(charId: number, context: AccountContext): Promise<boolean> {
    const change = { vitals_snapshot: context.stats, location_id: context.location.current };
    if (!(await this.#characters.update(charId, change))) return false;
    this.#sessions.set(charId, structuredClone(context));
    return true;
  }

  load(charId: number): Promise<AccountContext | null> {
    return Promise.resolve(structuredClone(this.#sessions.get(charId) ?? null));
  }

  delete(charId: number): Promise<void> {
    this.#sessions.delete(charId);
    return Promise.resolve();
  }
}
