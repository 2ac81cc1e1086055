import { MAX_CHARACTERS } from '../../resources/numbers/account.ts';
import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { SingleFlight } from '../core/single-flight.ts';
import type { AccountSessionService } from './account-session-service.ts';
import type { Character } from './character.ts';
import type { CharactersRepository, CreateReply } from './characters-repository.ts';

export interface LobbyDeps {
  readonly characters: CharactersRepository;
  readonly sessions: Pick<
    AccountSessionService,
    'getLobbyCache' | 'setLobbyCache' | 'deleteLobbyCache' | 'deleteSession'
  >;
  /** Whether the character is in a queue, a match or a battle. */
  readonly isBusy: (charId: number) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
}

/** The cache is only for display: it may be outdated, so every decision is made by the repository. */
export class LobbyService {
  readonly #deps: LobbyDeps;
  readonly #loads = new SingleFlight<Character[]>();
  readonly #breaker: CircuitBreaker;

  constructor(deps: LobbyDeps) {
    this.#deps = deps;
    this.#breaker = new CircuitBreaker({
      ...deps,
      events: {
        unavailableEvent: 'lobby cache unavailable',
        availableEvent: 'lobby cache available again',
      },
      // An invalidation must reach the cache as soon as it is available again.
      cooldownMs: 0,
      isUnavailable: () => true,
    });
  }

  /** Cache-aside: from `lobby:user:{id}` if it is there, else from the repository into it. */
  async getCharactersList(userId: number): Promise<Character[]> {
    const cached = await this.#ifCacheAvailable(() => this.#deps.sessions.getLobbyCache(userId));
    return cached ?? this.#load(userId);
  }

  /** From the repository into the cache: for the screen after a change. */
  async reloadCharactersList(userId: number): Promise<Character[]> {
    this.#loads.forget(String(userId));
    return this.#load(userId);
  }

  /** To be called after every change of the user's characters; never rejects. */
  async invalidateCharactersList(userId: number): Promise<void> {
    this.#loads.forget(String(userId));
    await this.#ifCacheAvailable(() => this.#deps.sessions.deleteLobbyCache(userId));
  }

  /** Creates a character without a name, or returns the unfinished one; `full` if the user has four. */
  async createCharacterShell(userId: number): Promise<CreateReply> {
    const { characters, clock } = this.#deps;
    const createdAt = new Date(clock.now()).toISOString();
    const reply = await characters.createShell({ userId, createdAt, limit: MAX_CHARACTERS });
    await this.invalidateCharactersList(userId);
    return reply;
  }

  /** Refused to anyone but the owner, and while the character is busy. */
  async deleteCharacter(userId: number, charId: number): Promise<'deleted' | 'not_yours' | 'busy'> {
    const { characters, sessions, isBusy, log } = this.#deps;
    const character = await characters.find(charId);
    if (character?.user_id !== userId) return 'not_yours';
    if (await isBusy(charId)) return 'busy';
    // The session first: a session left behind could be played without its character.
    const hadSession = await sessions.deleteSession(charId);
    await characters.delete(charId);
    log.info({ userId, charId, hadSession }, 'character deleted');
    await this.invalidateCharactersList(userId);
    return 'deleted';
  }

  #load(userId: number): Promise<Character[]> {
    return this.#loads.run(String(userId), async () => {
      const characters = await this.#deps.characters.listOf(userId);
      await this.#ifCacheAvailable(() => this.#deps.sessions.setLobbyCache(userId, characters));
      return characters;
    });
  }

  async #ifCacheAvailable<T>(request: () => Promise<T>): Promise<T | null> {
    const called = await this.#breaker.call(request);
    return called.kind === 'answered' ? called.value : null;
  }
}
