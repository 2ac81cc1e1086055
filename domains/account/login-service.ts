import type { Log } from '../core/log.ts';
import type { AccountContext } from './account-context.ts';
import { type AccountSessionService, flawOf } from './account-session-service.ts';
import type { Character } from './character.ts';
import type { CharactersRepository } from './characters-repository.ts';
import { type OnboardingStep, stepOf } from './onboarding-service.ts';
import type { PlayerStore } from './player-store.ts';

/** Where a player belongs. */
export type Route =
  | { readonly kind: 'lobby' }
  | {
      readonly kind: 'onboarding';
      readonly charId: number;
      readonly step: OnboardingStep;
      readonly account: AccountContext;
    }
  | { readonly kind: 'arena'; readonly charId: number; readonly account: AccountContext }
  | { readonly kind: 'battle'; readonly charId: number; readonly battleId: string };

export type LoginReply = Route | { readonly kind: 'not_yours' } | { readonly kind: 'busy' };

export interface LoginDeps {
  readonly characters: CharactersRepository;
  readonly sessions: AccountSessionService;
  readonly players: PlayerStore;
  readonly isBusy: (charId: number) => Promise<boolean>;
  readonly log: Log;
}

/** Which character a user plays, and whether its session lives. */
export class LoginService {
  readonly #deps: LoginDeps;

  constructor(deps: LoginDeps) {
    this.#deps = deps;
  }

  /** Enters a character of one's own; whoever is in a queue or a battle stays who he is. */
  async login(userId: number, charId: number): Promise<LoginReply> {
    const { players, characters, sessions } = this.#deps;
    const character = await characters.find(charId);
    if (character?.user_id !== userId) {
      // Whoever taps it has seen it in a list that is out of date.
      await sessions.deleteLobbyCache(userId);
      return { kind: 'not_yours' };
    }
    const before = await players.getActiveCharacter(userId);
    if (before !== null && before !== charId && !(await this.#leave(userId, before))) {
      return { kind: 'busy' };
    }
    const account = await this.#sessionOf(character);
    await players.setActiveCharacter(userId, charId);
    return routeOf(charId, account);
  }

  /** Where the user's present character belongs; the lobby if he plays none. */
  async resume(userId: number): Promise<Route> {
    const { players, sessions, characters } = this.#deps;
    const charId = await players.getActiveCharacter(userId);
    if (charId === null) return { kind: 'lobby' };
    const account = await sessions.getSession(charId);
    if (account?.user_id === userId) return routeOf(charId, account);
    const character = await characters.find(charId);
    if (character?.user_id === userId) return routeOf(charId, await this.#sessionOf(character));
    await players.setActiveCharacter(userId, null);
    return { kind: 'lobby' };
  }

  /** Whether a queue or a battle holds the user's present character. */
  async isHeld(userId: number): Promise<boolean> {
    const charId = await this.#deps.players.getActiveCharacter(userId);
    return charId !== null && (await this.#deps.isBusy(charId));
  }

  /** Saves the present character, then closes its session; refused in queue and battle. */
  async logout(userId: number): Promise<'logged_out' | 'busy'> {
    const { players } = this.#deps;
    const charId = await players.getActiveCharacter(userId);
    if (charId !== null && !(await this.#leave(userId, charId))) return 'busy';
    await players.setActiveCharacter(userId, null);
    return 'logged_out';
  }

  /**
   * Saved first, deleted after: a crash in between costs nothing. An unfinished character keeps its
   * session, where its answers are. False, and nothing is changed, while the arena holds it.
   */
  async #leave(userId: number, charId: number): Promise<boolean> {
    const { isBusy, sessions, log } = this.#deps;
    if (await isBusy(charId)) return false;
    const account = await sessions.getSession(charId);
    if (account === null || account.state === 'ONBOARDING') return true;
    if (!(await sessions.saveSession(charId, account))) {
      log.warn({ charId }, 'the repository does not know this character; its session is kept');
      return true;
    }
    await sessions.deleteSession(charId);
    await sessions.deleteLobbyCache(userId);
    return true;
  }

  async #sessionOf(character: Character): Promise<AccountContext> {
    const { sessions, log } = this.#deps;
    const live = await sessions.getSession(character.character_id);
    const flaw = live === null ? 'missing or unreadable' : flawOf(live, character);
    if (live !== null && flaw === null) return live;
    const { character_id: charId } = character;
    if (live !== null)
      log.warn({ charId, flaw }, 'a live session did not fit its character and was made anew');
    else log.info({ charId }, 'a live session is opened');
    return sessions.createSession(character);
  }
}

function routeOf(charId: number, account: AccountContext): Route {
  if (account.state === 'ONBOARDING') {
    return { kind: 'onboarding', charId, step: stepOf(account.bio), account };
  }
  const battleId = account.sessions.combat_id;
  if (account.state === 'COMBAT' && battleId !== null) return { kind: 'battle', charId, battleId };
  return { kind: 'arena', charId, account };
}
