import { type Reply, refused, shown } from '../core/reply.ts';
import { type Text, text } from '../core/text.ts';
import type { AccountAction } from './account-action.ts';
import type { Bio } from './account-context.ts';
import {
  type AccountPayload,
  deleteScreen,
  helpScreen,
  languageScreen,
  lobbyScreen,
} from './account-screens.ts';
import type { Character } from './character.ts';
import type { LobbyService } from './lobby-service.ts';
import type { LoginReply, LoginService, Route } from './login-service.ts';
import { onboardingScreen } from './onboarding-screens.ts';
import {
  type NameReply,
  type OnboardingService,
  type StepReply,
  stepOf,
} from './onboarding-service.ts';
import type { PlayerStore } from './player-store.ts';

/** `home`: what comes next is not the desk's to show; the player goes to where he belongs. */
export type DeskReply =
  Reply<AccountAction> | { readonly kind: 'home'; readonly notice: Text | null };

export interface DeskDeps {
  readonly lobby: LobbyService;
  readonly login: LoginService;
  readonly onboarding: OnboardingService;
  readonly players: PlayerStore;
}

const home = (notice: Text | null = null): DeskReply => ({ kind: 'home', notice });

/** Lobby, onboarding, help and language: what a tap there changes, and the screen that it brings. */
export class AccountDesk {
  readonly #deps: DeskDeps;

  constructor(deps: DeskDeps) {
    this.#deps = deps;
  }

  async act(userId: number, action: AccountAction): Promise<DeskReply> {
    switch (action.action) {
      case 'home':
        return home();
      case 'help':
        return shown(helpScreen());
      case 'language':
        return shown(languageScreen((await this.#deps.players.getLanguage(userId)) ?? 'en'));
      case 'language.set':
        await this.#deps.players.setLanguage(userId, action.value);
        return home();
      case 'lobby':
        return shown(await this.getLobby(userId));
      case 'lobby.enter':
        return this.#enter(userId, action.value);
      case 'lobby.new':
        return this.#create(userId);
      case 'lobby.delete':
        return this.#askDelete(userId, action.value);
      case 'lobby.delete_confirmed':
        return this.#delete(userId, action.value);
      case 'lobby.logout':
        return this.#logout(userId);
      case 'onboarding.gender':
      case 'onboarding.archetype':
      case 'onboarding.step':
      case 'onboarding.confirm':
        return this.#onboard(userId, action);
    }
  }

  async getLobby(userId: number): Promise<AccountPayload> {
    return this.#lobbyOf(userId, await this.#deps.lobby.getCharactersList(userId));
  }

  getOnboarding(route: Extract<Route, { kind: 'onboarding' }>): AccountPayload {
    return onboardingScreen(route.step, route.account.bio);
  }

  /** Text that the player typed: a name, while one is asked for. */
  async typeName(userId: number, typed: string): Promise<DeskReply> {
    const route = await this.#deps.login.resume(userId);
    if (route.kind !== 'onboarding') return home();
    return named(await this.#deps.onboarding.setName(route.charId, typed), route.account.bio);
  }

  async #onboard(
    userId: number,
    action: Extract<AccountAction, { action: `onboarding.${string}` }>,
  ): Promise<DeskReply> {
    const { login, onboarding } = this.#deps;
    const route = await login.resume(userId);
    if (route.kind === 'lobby') return home(text('account.notice.gone'));
    if (route.kind !== 'onboarding') return home(text('account.notice.onboarded'));
    switch (action.action) {
      case 'onboarding.step':
        return shown(onboardingScreen(action.value, route.account.bio));
      case 'onboarding.gender':
        return nextStep(await onboarding.setGender(route.charId, action.value));
      case 'onboarding.archetype':
        return nextStep(await onboarding.setArchetype(route.charId, action.value));
      case 'onboarding.confirm': {
        const reply = await onboarding.finalize(route.charId);
        return reply.kind === 'incomplete' ? shown(this.getOnboarding(route)) : home();
      }
    }
  }

  async #enter(userId: number, charId: number): Promise<DeskReply> {
    return this.#entered(userId, await this.#deps.login.login(userId, charId));
  }

  async #entered(userId: number, reply: LoginReply): Promise<DeskReply> {
    if (reply.kind === 'busy') return home(text('account.notice.busy'));
    if (reply.kind === 'not_yours') return this.#refused(userId, 'not_yours');
    if (reply.kind === 'away')
      return refused(text('account.notice.away'), await this.getLobby(userId));
    return home();
  }

  /** A shell left unfinished is gone on with: a second tap must not make a second character. */
  async #create(userId: number): Promise<DeskReply> {
    const { lobby, login, onboarding } = this.#deps;
    if (await login.isHeld(userId)) return home(text('account.notice.busy'));
    const reply = await lobby.createCharacterShell(userId);
    if (reply.kind === 'full') return this.#refused(userId, 'full');
    const entered = await login.login(userId, reply.character.character_id);
    if (entered.kind !== 'onboarding') return this.#entered(userId, entered);
    return nextStep(await onboarding.initialize(entered.charId));
  }

  async #askDelete(userId: number, charId: number): Promise<DeskReply> {
    const characters = await this.#deps.lobby.renewCharactersList(userId);
    const character = characters.find((one) => one.character_id === charId);
    if (character !== undefined) return shown(deleteScreen(character));
    return refused(text('account.notice.not_yours'), await this.#lobbyOf(userId, characters));
  }

  async #delete(userId: number, charId: number): Promise<DeskReply> {
    const reply = await this.#deps.lobby.deleteCharacter(userId, charId);
    if (reply === 'busy') return home(text('account.notice.busy'));
    if (reply === 'not_yours') return this.#refused(userId, 'not_yours');
    return shown(await this.#renewedLobby(userId));
  }

  async #logout(userId: number): Promise<DeskReply> {
    const reply = await this.#deps.login.logout(userId);
    return reply === 'busy'
      ? home(text('account.notice.busy'))
      : shown(await this.#renewedLobby(userId));
  }

  /** Whoever is refused so has seen a list that is out of date. */
  async #refused(userId: number, reason: 'not_yours' | 'full'): Promise<DeskReply> {
    return refused(text(`account.notice.${reason}`), await this.#renewedLobby(userId));
  }

  async #renewedLobby(userId: number): Promise<AccountPayload> {
    return this.#lobbyOf(userId, await this.#deps.lobby.renewCharactersList(userId));
  }

  async #lobbyOf(userId: number, characters: readonly Character[]): Promise<AccountPayload> {
    return lobbyScreen(characters, await this.#deps.players.getActiveCharacter(userId));
  }
}

function nextStep(reply: StepReply): DeskReply {
  if (reply.kind === 'not_onboarding') return home(text('account.notice.gone'));
  const { bio } = reply.account;
  return shown(onboardingScreen(stepOf(bio), bio));
}

function named(reply: NameReply, bio: Bio): DeskReply {
  switch (reply.kind) {
    case 'refused':
      return shown(onboardingScreen('name', bio, text(`account.name.problem.${reply.problem}`)));
    case 'taken':
      return shown(onboardingScreen('name', bio, text('account.name.taken', { name: reply.name })));
    case 'done':
    case 'not_onboarding':
      return nextStep(reply);
  }
}
