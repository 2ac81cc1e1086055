import type { LoginService, Played } from '../account/login-service.ts';
import type { KnownUser } from '../account/hot-user-store.ts';
import { sideOfFighter } from '../combat/battle-session.ts';
import type { FeatureRegistry } from '../core/feature-registry.ts';
import { type Reply, refused, shown } from '../core/reply.ts';
import type { Text } from '../core/text.ts';
import type { UiPayload } from '../core/ui-payload.ts';
import type { ArenaPlayer, OwnBattle } from './arena-player.ts';
import type { ArenaSessionService } from './arena-session-service.ts';
import type { Place } from './arena-store.ts';
import type { PrefetchedTap } from './tap-reader.ts';

export interface TapPlayerDeps {
  readonly features: Pick<FeatureRegistry<ArenaPlayer>, 'present'>;
  readonly login: Pick<LoginService, 'resume' | 'recordSeen' | 'knows'>;
  readonly sessions: Pick<ArenaSessionService, 'getQueueStatus'>;
}

export interface TapPlayerInput {
  readonly userId: number;
  /** What was read together with the tap; null where there is no tap. */
  readonly prefetched: PrefetchedTap | null;
  /** The character and its place, where there is no tap. */
  readonly at?: Played & { readonly place: Place };
}

/** The player of one tap. Everything is read at most once, from prefetched data if possible. */
export class TapPlayer implements ArenaPlayer {
  readonly userId: number;
  readonly #deps: TapPlayerDeps;
  readonly #input: TapPlayerInput;
  #played: Promise<Played | null> | null = null;
  readonly #places = new Map<number, Promise<Place>>();

  constructor(deps: TapPlayerDeps, input: TapPlayerInput) {
    this.userId = input.userId;
    this.#deps = deps;
    this.#input = input;
  }

  played(): Promise<Played | null> {
    this.#played ??= this.#resume();
    return this.#played;
  }

  place(charId: number): Promise<Place> {
    const place = this.#places.get(charId) ?? this.#readPlace(charId);
    this.#places.set(charId, place);
    return place;
  }

  async battle(): Promise<OwnBattle | null> {
    const { prefetched } = this.#input;
    const record = (await prefetched?.battle) ?? null;
    const active = prefetched === null ? null : activeOf(await prefetched.player);
    if (record === null || active === null) return null;
    if (sideOfFighter(record, { charId: active, userId: this.userId }) === null) return null;
    if (!this.#deps.login.knows(this.userId, active)) return null;
    await this.#deps.login.recordSeen(active);
    return { charId: active, record };
  }

  currentScreen(): Promise<UiPayload> {
    return this.#deps.features.present(this);
  }

  async home(notice: Text | null = null): Promise<Reply> {
    const fresh = new TapPlayer(this.#deps, { userId: this.userId, prefetched: null });
    const payload = await fresh.currentScreen();
    return notice === null ? shown(payload) : refused(notice, payload);
  }

  async #resume(): Promise<Played | null> {
    const { userId, prefetched, at } = this.#input;
    if (at !== undefined) return at;
    const active = prefetched?.player.then(activeOf);
    return this.#deps.login.resume(userId, active, prefetched?.character);
  }

  async #readPlace(charId: number): Promise<Place> {
    const { at, prefetched } = this.#input;
    if (at?.charId === charId) return at.place;
    const character = prefetched?.character;
    const place = character?.charId === charId ? await character.place : null;
    return place ?? this.#deps.sessions.getQueueStatus(charId, this.userId);
  }
}

function activeOf({ character }: KnownUser): number | null {
  return typeof character === 'number' ? character : null;
}
