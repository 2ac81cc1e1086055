import type { Clock } from '../core/clock.ts';
import type { AccountSessionService } from './account-session-service.ts';
import type { Character } from './character.ts';
import type { CharactersRepository, CreateReply } from './characters-repository.ts';
import { MAX_CHARACTERS } from '../../resources/numbers/account.ts';

export type DeleteReply = 'deleted' | 'not_yours' | 'busy';

export interface LobbyDeps {
  readonly characters: CharactersRepository;
  readonly sessions: AccountSessionService;
  /** Whether a queue, a match or a battle holds the character. */
  readonly isBusy: (charId: number) => Promise<boolean>;
  readonly clock: Clock;
}

/** The characters of a user: listed, made and deleted. */
export class LobbyService {
  readonly #deps: LobbyDeps;

  constructor(deps: LobbyDeps) {
    this.#deps = deps;
  }

  /** Cache-aside: from `lobby:user:{id}` if it is there, else from the repository into it. */
  async getCharactersList(userId: number): Promise<Character[]> {
    const { sessions, characters } = this.#deps;
    const cached = await sessions.getLobbyCache(userId);
    if (cached !== null) return cached;
    const loaded = await characters.listOf(userId);
    await sessions.setLobbyCache(userId, loaded);
    return loaded;
  }

  /** A nameless character; 'full' if the user has four already, however fast he taps. */
  async createCharacterShell(userId: number): Promise<CreateReply> {
    const { characters, sessions, clock } = this.#deps;
    const createdAt = new Date(clock.now()).toISOString();
    const reply = await characters.createShell({ userId, createdAt, limit: MAX_CHARACTERS });
    await sessions.deleteLobbyCache(userId);
    return reply;
  }

  /** Only its owner deletes a character, and only while nothing in the arena holds it. */
  async deleteCharacter(userId: number, charId: number): Promise<DeleteReply> {
    const { characters, sessions, isBusy } = this.#deps;
    const character = await characters.find(charId);
    if (character?.user_id !== userId) {
      // Whoever taps it has seen it in a list that is out of date.
      await sessions.deleteLobbyCache(userId);
      return 'not_yours';
    }
    if (await isBusy(charId)) return 'busy';
    // The session first: one that is left behind would be played on without its character.
    await sessions.deleteSession(charId);
    await characters.delete(charId);
    await sessions.deleteLobbyCache(userId);
    return 'deleted';
  }
}
