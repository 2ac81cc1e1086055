import type { Clock } from '../core/clock.ts';
import type { Entropy } from '../core/entropy.ts';
import type { Log } from '../core/log.ts';
import type { AccountSessionService } from './account-session-service.ts';
import type { Character } from './character.ts';
import type { CharactersRepository, CreateReply } from './characters-repository.ts';
import { LobbyCache } from './lobby-cache.ts';
import { MAX_CHARACTERS } from '../../resources/numbers/account.ts';

export type DeleteReply = 'deleted' | 'not_yours' | 'busy';

export interface LobbyDeps {
  readonly characters: CharactersRepository;
  readonly sessions: AccountSessionService;
  /** Whether a queue, a match or a battle holds the character. */
  readonly isBusy: (charId: number) => Promise<boolean>;
  readonly clock: Clock;
  readonly entropy: Pick<Entropy, 'id'>;
  readonly log: Log;
}

/** The characters of a user: listed, made and deleted. */
export class LobbyService {
  readonly #deps: LobbyDeps;
  readonly #cache: LobbyCache;

  constructor(deps: LobbyDeps) {
    this.#deps = deps;
    this.#cache = new LobbyCache(deps);
  }

  /** Cache-aside: from `lobby:user:{id}` if it is there, else from the repository into it. */
  async getCharactersList(userId: number): Promise<Character[]> {
    return this.#cache.read(userId, () => this.#deps.characters.listOf(userId));
  }

  /** A nameless character; 'full' if the user has four already, however fast he taps. */
  async createCharacterShell(userId: number): Promise<CreateReply> {
    const { characters, clock } = this.#deps;
    const createdAt = new Date(clock.now()).toISOString();
    const reply = await characters.createShell({ userId, createdAt, limit: MAX_CHARACTERS });
    await this.#cache.forget(userId);
    return reply;
  }

  /** Only its owner deletes a character, and only while nothing in the arena holds it. */
  async deleteCharacter(userId: number, charId: number): Promise<DeleteReply> {
    const { characters, sessions, isBusy } = this.#deps;
    const character = await characters.find(charId);
    if (character?.user_id !== userId) {
      // Whoever taps it has seen it in a list that is out of date.
      await this.#cache.forget(userId);
      return 'not_yours';
    }
    if (await isBusy(charId)) return 'busy';
    // The session first: one that is left behind would be played on without its character.
    await sessions.deleteSession(charId);
    await characters.delete(charId);
    await this.#cache.forget(userId);
    return 'deleted';
  }
}
