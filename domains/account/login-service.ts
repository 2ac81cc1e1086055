import type { Log } from '../core/log.ts';
import type { AccountContext } from './account-context.ts';
import { type AccountSessionService, mismatchOf } from './account-session-service.ts';
import type { UserStore } from './user-store.ts';
import type { LobbyService } from './lobby-service.ts';
import type { UserChoices } from './hot-user-store.ts';
import type { Presence } from './presence.ts';
import type { SessionPersister } from './session-persister.ts';
import type { EnteredCharacter } from './users-repository.ts';

/** The character that a user plays, and its live session. */
export interface Played {
  readonly charId: number;
  readonly account: AccountContext;
}

/** `away`: the database is, and Redis knows no session of this character. */
export type LoginReply =
  | ({ readonly kind: 'entered' } & Played)
  | { readonly kind: 'not_yours' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'unavailable' };

/** Neither Redis nor the database says where a player belongs: one has forgotten, the other is away. */
export class SessionUnavailableError extends Error {
  override readonly name = 'NobodyKnowsError';
}

export interface LoginDeps {
  readonly sessions: AccountSessionService;
  readonly lobby: Pick<LobbyService, 'invalidateCharactersList'>;
  readonly persister: Pick<SessionPersister, 'close'>;
  readonly players: UserChoices & Pick<UserStore, 'enterCharacter' | 'peekActiveCharacter'>;
  readonly presence: Presence;
  readonly isBusy: (charId: number) => Promise<boolean>;
  readonly log: Log;
}

/** A session as it has just been asked for. */
export interface PrefetchedSession {
  readonly charId: number;
  readonly account: Promise<AccountContext | null>;
}

/** Which character a user plays, and whether its session lives. */
export class LoginService {
  readonly #deps: LoginDeps;

  constructor(deps: LoginDeps) {
    this.#deps = deps;
  }

  /** Enters a character of one's own; a character in a queue or a battle stays the one that is played. */
  async login(userId: number, charId: number): Promise<LoginReply> {
    const { players } = this.#deps;
    const known = await players.peekActiveCharacter(userId);
    const before = known === 'none' ? null : known;
    if (await this.#isOtherBusy(before, charId)) return { kind: 'busy' };
    const entered = await players.enterCharacter(userId, charId);
    if (entered.kind === 'not_owner') return { kind: 'not_yours' };
    if (entered.kind === 'unavailable') return this.#enterWithoutDatabase(userId, charId, before);
    const left = known === null ? entered.previousId : before;
    if (await this.#isOtherBusy(left, charId)) {
      // Redis had forgotten whom they play, and yet a queue or a battle holds that character.
      await players.setActiveCharacter(userId, left);
      return { kind: 'busy' };
    }
    return this.#entered(userId, left, { charId, account: await this.#sessionOf(entered) });
  }

  /** The user's present character, its session restored where that was lost; null: they play none. */
  async resume(
    userId: number,
    active = this.#deps.players.getActiveCharacter(userId),
    known: PrefetchedSession | null = null,
  ): Promise<Played | null> {
    const { players, sessions } = this.#deps;
    const charId = await active;
    if (charId === null) return null;
    const isKnown = known?.charId === charId;
    const account = await (isKnown ? known.account : sessions.getSession(charId));
    if (account?.user_id === userId) return this.#markSeen({ charId, account });
    const entered = await players.enterCharacter(userId, charId);
    if (entered.kind === 'entered')
      return this.#markSeen({ charId, account: await this.#sessionOf(entered) });
    if (entered.kind === 'unavailable') {
      throw new SessionUnavailableError(
        `Character ${charId} has no live session, and the database is away`,
      );
    }
    await players.setActiveCharacter(userId, null);
    return null;
  }

  /** Notes that the player of this character is there. */
  async recordSeen(charId: number): Promise<void> {
    await this.#deps.presence.recordSeen(charId);
  }

  /** Whether a queue or a battle holds the user's present character. */
  async isBusy(userId: number): Promise<boolean> {
    const charId = await this.#deps.players.getActiveCharacter(userId);
    return charId !== null && (await this.#deps.isBusy(charId));
  }

  /**
   * Saves the present character, then closes its session; refused in queue and battle. A session
   * that cannot be saved yet stays where it is, and is written down as soon as that can be.
   */
  async logout(userId: number): Promise<'logged_out' | 'busy'> {
    const { players, isBusy } = this.#deps;
    const charId = await players.getActiveCharacter(userId);
    if (charId !== null) {
      if (await isBusy(charId)) return 'busy';
      await this.#closeSession(userId, charId);
    }
    await players.setActiveCharacter(userId, null);
    return 'logged_out';
  }

  async #closeSession(userId: number, charId: number): Promise<void> {
    await this.#deps.persister.close(charId);
    // The list tells of wounds and places, which have just been saved.
    await this.#deps.lobby.invalidateCharactersList(userId);
  }

  /** While the database is away a session that lives can be played on with. */
  async #enterWithoutDatabase(
    userId: number,
    charId: number,
    left: number | null,
  ): Promise<LoginReply> {
    const { players, sessions } = this.#deps;
    const account = await sessions.getSession(charId);
    if (account?.user_id !== userId) return { kind: 'unavailable' };
    await players.setActiveCharacter(userId, charId);
    return this.#entered(userId, left, { charId, account });
  }

  async #entered(userId: number, left: number | null, played: Played): Promise<LoginReply> {
    if (left !== null && left !== played.charId) await this.#closeSession(userId, left);
    return { kind: 'entered', ...(await this.#markSeen(played)) };
  }

  /** Whether a queue or a battle holds another character than the one that is to be played. */
  async #isOtherBusy(before: number | null, charId: number): Promise<boolean> {
    return before !== null && before !== charId && (await this.#deps.isBusy(before));
  }

  async #sessionOf({ character, saved }: EnteredCharacter): Promise<AccountContext> {
    const { sessions, log } = this.#deps;
    const live = await sessions.getSession(character.character_id);
    const flaw = live === null ? 'missing or unreadable' : mismatchOf(live, character);
    if (live !== null && flaw === null) return live;
    const { character_id: charId } = character;
    if (live !== null)
      log.warn({ charId, flaw }, 'a live session did not fit its character and was made anew');
    else log.info({ charId }, 'a live session is opened');
    return sessions.createSession(character, saved, live === null ? 'if_absent' : 'replace');
  }

  async #markSeen(played: Played): Promise<Played> {
    await this.#deps.presence.recordSeen(played.charId);
    return played;
  }
}
