import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import type { Entropy } from '../core/entropy.ts';
import type { Log } from '../core/log.ts';
import { UnderWay } from '../core/under-way.ts';
import type { AccountSessionService } from './account-session-service.ts';
import type { LobbyLease } from './account-store.ts';
import type { Character } from './character.ts';

export interface LobbyCacheDeps {
  readonly sessions: Pick<
    AccountSessionService,
    'leaseLobbyCache' | 'fillLobbyCache' | 'deleteLobbyCache'
  >;
  readonly entropy: Pick<Entropy, 'id'>;
  readonly clock: Clock;
  readonly log: Log;
}

const words = {
  lost: 'the lobby cache does not answer; characters are read without it',
  found: 'the lobby cache answers again',
};

type Load = () => Promise<Character[]>;

/**
 * The lobby's cache as a reader uses it. Whoever misses leaves a lease, and only the holder of the
 * lease fills: what was read before the cache was forgotten never gets into it. While the cache is
 * away everybody reads what is kept for good.
 */
export class LobbyCache {
  readonly #deps: LobbyCacheDeps;
  /** Loads under way, by the lease that they were begun under. */
  readonly #loads = new UnderWay<Character[]>();
  /** Whose lists could not be forgotten while the cache was away: they may be out of date. */
  readonly #owed = new Set<number>();
  readonly #breaker: CircuitBreaker;

  constructor(deps: LobbyCacheDeps) {
    this.#deps = deps;
    const { clock, log } = deps;
    // Asked each time: what is to be forgotten in it must not wait.
    this.#breaker = new CircuitBreaker({ clock, log, words, restMs: 0, isAway: () => true });
  }

  async read(userId: number, load: Load): Promise<Character[]> {
    const token = this.#deps.entropy.id();
    const found = await this.#unlessAway(() => this.#lease(userId, token));
    if (found === null) return this.#loads.share(awayLease(userId), load);
    if (found.kind === 'known') return found.characters;
    // The lease still stands, so nothing was forgotten since: a load begun under it will do.
    if (found.kind === 'held') return this.#loads.share(found.by, load);
    return this.#loads.share(token, async () => {
      const characters = await load();
      await this.#unlessAway(() => this.#deps.sessions.fillLobbyCache(userId, token, characters));
      return characters;
    });
  }

  /** Never rejects: a list that cannot be forgotten now is forgotten before it is read again. */
  async forget(userId: number): Promise<void> {
    this.#loads.forget(awayLease(userId));
    this.#owed.add(userId);
    await this.#unlessAway(() => this.#settle(userId));
  }

  async #lease(userId: number, token: string): Promise<LobbyLease> {
    if (this.#owed.has(userId)) await this.#settle(userId);
    return this.#deps.sessions.leaseLobbyCache(userId, token);
  }

  async #settle(userId: number): Promise<void> {
    await this.#deps.sessions.deleteLobbyCache(userId);
    this.#owed.delete(userId);
  }

  /** Null while the cache is away, which is told once. */
  async #unlessAway<T>(ask: () => Promise<T>): Promise<T | null> {
    const called = await this.#breaker.call(ask);
    return called.kind === 'answered' ? called.value : null;
  }
}

/** No token looks so. */
function awayLease(userId: number): string {
  return `away:${userId}`;
}
