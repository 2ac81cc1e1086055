import { boundedMap } from '../core/bounded-map.ts';
import type { Log } from '../core/log.ts';
import type { AccountContext } from './account-context.ts';
import { type AccountSessionService, mismatchOf } from './account-session-service.ts';
import type { UserChoices } from './hot-user-store.ts';
import type { LobbyService } from './lobby-service.ts';
import type { Presence } from './presence.ts';
import type { SessionPersister } from './session-persister.ts';
import type { EnterReply, UserStore } from './user-store.ts';
import type { EnteredCharacter } from './users-repository.ts';

/** The character that a user plays, and its live session. */
export interface Played {
  readonly charId: number;
  readonly account: AccountContext;
}

/** `unavailable`: the database is, and Redis has no session of this character. */
export type LoginReply =
  ({ readonly kind: 'entered' } & Played) | { readonly kind: 'not_yours' | 'busy' | 'unavailable' };

/** Redis has no session of the active character, and the database is unavailable. */
export class SessionUnavailableError extends Error {
  override readonly name = 'SessionUnavailableError';
}

export interface LoginDeps {
  readonly sessions: AccountSessionService;
  readonly lobby: Pick<LobbyService, 'invalidateCharactersList'>;
  readonly persister: Pick<SessionPersister, 'close'>;
  readonly players: UserChoices & Pick<UserStore, 'enterCharacter' | 'peekActiveCharacter'>;
  readonly presence: Presence;
  readonly isBusy: (charId: number) => Promise<boolean>;
  /** Sets the story aside that a character is in; by default there are none. */
  readonly leaveStory?: (charId: number) => Promise<void>;
  readonly log: Log;
}

/** A session whose read was started together with the tap. */
export interface PrefetchedSession {
  readonly charId: number;
  readonly account: Promise<AccountContext | null>;
}

const MAX_CHARACTERS = 10_000;

export class LoginService {
  readonly #deps: LoginDeps;
  /** The users of characters that the database knows. */
  readonly #owners = boundedMap<number, number>(MAX_CHARACTERS);

  constructor(deps: LoginDeps) {
    this.#deps = deps;
  }

  /** Enters a character of the user's own; refused while another one is in a queue or a battle. */
  async login(userId: number, charId: number): Promise<LoginReply> {
    const { players } = this.#deps;
    const known = await players.peekActiveCharacter(userId);
    const before = known === 'none' ? null : known;
    if (await this.#isOtherBusy(before, charId)) return { kind: 'busy' };
    const entered = await this.#enter(userId, charId);
    if (entered.kind === 'not_owner') return { kind: 'not_yours' };
    if (entered.kind === 'unavailable') return this.#enterWithoutDatabase(userId, charId, before);
    const previous = known === null ? entered.previousId : before;
    if (await this.#isOtherBusy(previous, charId)) {
      // Only now the database has named the active character that Redis had lost.
      await players.setActiveCharacter(userId, previous);
      return { kind: 'busy' };
    }
    return this.#entered(userId, previous, { charId, account: await this.#sessionOf(entered) });
  }

  /** The user's active character, its session restored if it was lost; null: they play none. */
  async resume(
    userId: number,
    active = this.#deps.players.getActiveCharacter(userId),
    prefetched: PrefetchedSession | null = null,
  ): Promise<Played | null> {
    const { players, sessions } = this.#deps;
    const charId = await active;
    if (charId === null) return null;
    const isPrefetched = prefetched?.charId === charId;
    const live = await (isPrefetched ? prefetched.account : sessions.getSession(charId));
    const account = live?.user_id === userId ? live : null;
    if (account !== null && this.knows(userId, charId)) return this.#markSeen({ charId, account });
    const entered = await this.#enter(userId, charId);
    if (entered.kind === 'entered')
      return this.#markSeen({
        charId,
        account: await (account === null
          ? this.#sessionOf(entered)
          : sessions.upToDate(account, entered.character)),
      });
    if (entered.kind === 'unavailable') {
      if (account !== null) return this.#markSeen({ charId, account });
      throw new SessionUnavailableError(
        `Character ${charId} has no live session, and the database is unavailable`,
      );
    }
    if (account !== null) await sessions.setAside(charId, account);
    await this.#deps.lobby.invalidateCharactersList(userId);
    await players.setActiveCharacter(userId, null);
    return null;
  }

  /** Whether the database has named the user as the owner since this process started. */
  knows(userId: number, charId: number): boolean {
    return this.#owners.get(charId) === userId;
  }

  async recordSeen(charId: number): Promise<void> {
    await this.#deps.presence.recordSeen(charId);
  }

  /** Whether the active character is in a queue or a battle. */
  async isBusy(userId: number): Promise<boolean> {
    const charId = await this.#deps.players.getActiveCharacter(userId);
    return charId !== null && (await this.#isHeld(charId));
  }

  /** A session that cannot be saved now stays open and is saved later. */
  async logout(userId: number): Promise<'logged_out' | 'busy'> {
    const { players } = this.#deps;
    const charId = await players.getActiveCharacter(userId);
    if (charId !== null) {
      if (await this.#isHeld(charId)) return 'busy';
      await this.#closeSession(userId, charId);
    }
    await players.setActiveCharacter(userId, null);
    return 'logged_out';
  }

  async #closeSession(userId: number, charId: number): Promise<void> {
    await this.#deps.persister.close(charId);
    // The list shows vitals and locations, which have just been saved.
    await this.#deps.lobby.invalidateCharactersList(userId);
  }

  /** A live session is enough to play on. */
  async #enterWithoutDatabase(
    userId: number,
    charId: number,
    previous: number | null,
  ): Promise<LoginReply> {
    const { players, sessions } = this.#deps;
    const account = await sessions.getSession(charId);
    if (account?.user_id !== userId) return { kind: 'unavailable' };
    await players.setActiveCharacter(userId, charId);
    return this.#entered(userId, previous, { charId, account });
  }

  async #entered(userId: number, previous: number | null, played: Played): Promise<LoginReply> {
    if (previous !== null && previous !== played.charId) await this.#closeSession(userId, previous);
    return { kind: 'entered', ...(await this.#markSeen(played)) };
  }

  async #enter(userId: number, charId: number): Promise<EnterReply> {
    const entered = await this.#deps.players.enterCharacter(userId, charId);
    if (entered.kind === 'entered') this.#owners.set(charId, userId);
    return entered;
  }

  async #isOtherBusy(active: number | null, charId: number): Promise<boolean> {
    return active !== null && active !== charId && (await this.#isHeld(active));
  }

  /** A story holds nobody: it is set aside. */
  async #isHeld(charId: number): Promise<boolean> {
    await this.#deps.leaveStory?.(charId);
    return this.#deps.isBusy(charId);
  }

  async #sessionOf({ character, saved }: EnteredCharacter): Promise<AccountContext> {
    const { sessions, log } = this.#deps;
    const { character_id: charId } = character;
    const live = await sessions.getSession(charId);
    if (live === null) {
      log.debug({ charId }, 'session opened');
      return sessions.createSession(character, saved);
    }
    const mismatch = mismatchOf(live, character);
    if (mismatch === null) return sessions.upToDate(live, character);
    if (mismatch === 'user') await sessions.setAside(charId, live);
    log.warn({ charId, mismatch }, 'live session replaced');
    return sessions.createSession(character, saved, 'replace');
  }

  async #markSeen(played: Played): Promise<Played> {
    await this.recordSeen(played.charId);
    return played;
  }
}
