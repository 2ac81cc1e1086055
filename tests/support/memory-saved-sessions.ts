import type { AccountContext } from '../../domains/account/account-context.ts';
import type { CharactersRepository } from '../../domains/account/characters-repository.ts';
import type {
  SaveReply,
  SavedSessions,
  SessionToSave,
} from '../../domains/account/saved-sessions.ts';

/** Saved sessions in memory; `save` also updates the characters. */
export class MemorySavedSessions implements SavedSessions {
  readonly #sessions = new Map<number, SessionToSave>();
  readonly #characters: Pick<CharactersRepository, 'update'>;

  constructor(characters: Pick<CharactersRepository, 'update'>) {
    this.#characters = characters;
  }

  async save(sessions: readonly SessionToSave[]): Promise<SaveReply[]> {
    const replies: SaveReply[] = [];
    for (const one of sessions) replies.push(await this.#saveOne(one));
    return replies;
  }

  load(charId: number): Promise<AccountContext | null> {
    return Promise.resolve(structuredClone(this.#sessions.get(charId)?.context ?? null));
  }

  async #saveOne(session: SessionToSave): Promise<SaveReply> {
    const { charId, context, savedAtMs } = session;
    const where = { location_id: context.location.current };
    const isShell = context.state === 'ONBOARDING';
    const change = isShell ? where : { ...where, vitals_snapshot: context.stats };
    if (!(await this.#characters.update(charId, {}))) return 'missing';
    if ((this.#sessions.get(charId)?.savedAtMs ?? -Infinity) > savedAtMs) return 'older';
    await this.#characters.update(charId, change);
    this.#sessions.set(charId, structuredClone(session));
    return 'saved';
  }
}
