import type { Log } from '../core/log.ts';
import type { AccountContext } from './account-context.ts';
import { type AccountSessionService, flawOf } from './account-session-service.ts';
import type { LastingPlayers } from './lasting-players.ts';
import type { LobbyService } from './lobby-service.ts';
import type { PlayerStore } from './player-store.ts';
import type { Presence } from './presence.ts';
import type { SessionKeeper } from './session-keeper.ts';
import type { Entrance } from './users-repository.ts';

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
  | { readonly kind: 'away' };

/** Neither Redis nor the database says where a player belongs: one has forgotten, the other is away. */
export class NobodyKnowsError extends Error {
  override readonly name = 'NobodyKnowsError';
}

export interface LoginDeps {
  readonly sessions: AccountSessionService;
  readonly lobby: Pick<LobbyService, 'forgetCharactersList'>;
  readonly keeper: Pick<SessionKeeper, 'close'>;
  readonly players: PlayerStore & Pick<LastingPlayers, 'enter' | 'peekActiveCharacter'>;
  readonly presence: Presence;
  readonly isBusy: (charId: number) => Promise<boolean>;
  readonly log: Log;
}

/** A session as it has just been asked for. */
export interface KnownSession {
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
    if (await this.#isHeldBy(before, charId)) return { kind: 'busy' };
    const entered = await players.enter(userId, charId);
    if (entered.kind === 'not_his') return { kind: 'not_yours' };
    if (entered.kind === 'away') return this.#enterUnkept(userId, charId, before);
    const left = known === null ? entered.previousId : before;
    if (await this.#isHeldBy(left, charId)) {
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
    known: KnownSession | null = null,
  ): Promise<Played | null> {
    const { players, sessions } = this.#deps;
    const charId = await active;
    if (charId === null) return null;
    const isKnown = known?.charId === charId;
    const account = await (isKnown ? known.account : sessions.getSession(charId));
    if (account?.user_id === userId) return this.#seen({ charId, account });
    const entered = await players.enter(userId, charId);
    if (entered.kind === 'entered')
      return this.#seen({ charId, account: await this.#sessionOf(entered) });
    if (entered.kind === 'away') {
      throw new NobodyKnowsError(
        `Character ${charId} has no live session, and the database is away`,
      );
    }
    await players.setActiveCharacter(userId, null);
    return null;
  }

  /** Notes that the player of this character is there. */
  async noteSeen(charId: number): Promise<void> {
    await this.#deps.presence.note(charId);
  }

  /** Whether a queue or a battle holds the user's present character. */
  async isHeld(userId: number): Promise<boolean> {
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
      await this.#leave(userId, charId);
    }
    await players.setActiveCharacter(userId, null);
    return 'logged_out';
  }

  async #leave(userId: number, charId: number): Promise<void> {
    await this.#deps.keeper.close(charId);
    // The list tells of wounds and places, which have just been saved.
    await this.#deps.lobby.forgetCharactersList(userId);
  }

  /** While the database is away a session that lives can be played on with. */
  async #enterUnkept(userId: number, charId: number, left: number | null): Promise<LoginReply> {
    const { players, sessions } = this.#deps;
    const account = await sessions.getSession(charId);
    if (account?.user_id !== userId) return { kind: 'away' };
    await players.setActiveCharacter(userId, charId);
    return this.#entered(userId, left, { charId, account });
  }

  async #entered(userId: number, left: number | null, played: Played): Promise<LoginReply> {
    if (left !== null && left !== played.charId) await this.#leave(userId, left);
    return { kind: 'entered', ...(await this.#seen(played)) };
  }

  /** Whether a queue or a battle holds another character than the one that is to be played. */
  async #isHeldBy(before: number | null, charId: number): Promise<boolean> {
    return before !== null && before !== charId && (await this.#deps.isBusy(before));
  }

  async #sessionOf({ character, saved }: Entrance): Promise<AccountContext> {
    const { sessions, log } = this.#deps;
    const live = await sessions.getSession(character.character_id);
    const flaw = live === null ? 'missing or unreadable' : flawOf(live, character);
    if (live !== null && flaw === null) return live;
    const { character_id: charId } = character;
    if (live !== null)
      log.warn({ charId, flaw }, 'a live session did not fit its character and was made anew');
    else log.info({ charId }, 'a live session is opened');
    return sessions.createSession(character, saved, live === null ? 'if_absent' : 'replace');
  }

  async #seen(played: Played): Promise<Played> {
    await this.#deps.presence.note(played.charId);
    return played;
  }
}
