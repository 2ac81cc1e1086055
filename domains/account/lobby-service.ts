import { MAX_CHARACTERS } from '../../resources/numbers/account.ts';
import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { SingleFlight } from '../core/single-flight.ts';
import type { AccountSessionService } from './account-session-service.ts';
import type { Character } from './character.ts';
import type { CharactersRepository, CreateReply } from './characters-repository.ts';

export type DeleteReply = 'deleted' | 'not_yours' | 'busy';

export interface LobbyDeps {
  readonly characters: CharactersRepository;
  readonly sessions: Pick<
    AccountSessionService,
    'getLobbyCache' | 'setLobbyCache' | 'deleteLobbyCache' | 'deleteSession'
  >;
  /** Whether a queue, a match or a battle holds the character. */
  readonly isBusy: (charId: number) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
}

const events = {
  unavailableEvent: 'the lobby cache does not answer; characters are read without it',
  availableEvent: 'the lobby cache answers again',
};

/**
 * The characters of a user: listed, made and deleted. The cache is for showing: another process may
 * put an older list into it, so whatever is decided is decided by the repository.
 */
export class LobbyService {
  readonly #deps: LobbyDeps;
  readonly #loads = new SingleFlight<Character[]>();
  readonly #breaker: CircuitBreaker;

  constructor(deps: LobbyDeps) {
    this.#deps = deps;
    const { clock, log } = deps;
    // Asked each time: what is to be deleted in the cache must not wait.
    this.#breaker = new CircuitBreaker({
      clock,
      log,
      events,
      cooldownMs: 0,
      isUnavailable: () => true,
    });
  }

  /** Cache-aside: from `lobby:user:{id}` if it is there, else from the repository into it. */
  async getCharactersList(userId: number): Promise<Character[]> {
    const cached = await this.#ifCacheAvailable(() => this.#deps.sessions.getLobbyCache(userId));
    return cached ?? this.#load(userId);
  }

  /** From the repository, whatever the cache says, and into it: what is shown after a change. */
  async reloadCharactersList(userId: number): Promise<Character[]> {
    this.#loads.forget(String(userId));
    return this.#load(userId);
  }

  /** After every change of the user's characters; never rejects. */
  async invalidateCharactersList(userId: number): Promise<void> {
    this.#loads.forget(String(userId));
    await this.#ifCacheAvailable(() => this.#deps.sessions.deleteLobbyCache(userId));
  }

  /** A nameless character, or the unfinished one that there is; 'full' if the user has four. */
  async createCharacterShell(userId: number): Promise<CreateReply> {
    const { characters, clock } = this.#deps;
    const createdAt = new Date(clock.now()).toISOString();
    const reply = await characters.createShell({ userId, createdAt, limit: MAX_CHARACTERS });
    await this.invalidateCharactersList(userId);
    return reply;
  }

  /** Only its owner deletes a character, and only while nothing in the arena holds it. */
  async deleteCharacter(userId: number, charId: number): Promise<DeleteReply> {
    const { characters, sessions, isBusy, log } = this.#deps;
    const character = await characters.find(charId);
    if (character?.user_id !== userId) return 'not_yours';
    if (await isBusy(charId)) return 'busy';
    // The session first: one that is left behind would be played on without its character.
    const hadSession = await sessions.deleteSession(charId);
    await characters.delete(charId);
    log.info({ userId, charId, hadSession }, 'character deleted');
    await this.invalidateCharactersList(userId);
    return 'deleted';
  }

  /** Once for all who come meanwhile. */
  #load(userId: number): Promise<Character[]> {
    return this.#loads.run(String(userId), async () => {
      const characters = await this.#deps.characters.listOf(userId);
      await this.#ifCacheAvailable(() => this.#deps.sessions.setLobbyCache(userId, characters));
      return characters;
    });
  }

  /** Null while the cache is away, which is told once. */
  async #ifCacheAvailable<T>(ask: () => Promise<T>): Promise<T | null> {
    const called = await this.#breaker.call(ask);
    return called.kind === 'answered' ? called.value : null;
  }
}
