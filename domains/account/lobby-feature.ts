import { type Feature, feature } from '../core/feature.ts';
import { type Reply, refused, shown } from '../core/reply.ts';
import { text } from '../core/text.ts';
import { type LobbyAction, lobbyActionSchema } from './account-action.ts';
import type { AccountPlayer } from './account-player.ts';
import { type AccountPayload, deleteScreen, lobbyScreen, manageScreen } from './account-screens.ts';
import type { Character } from './character.ts';
import type { UserChoices } from './hot-user-store.ts';
import type { LobbyService } from './lobby-service.ts';
import type { LoginReply, LoginService, Played } from './login-service.ts';
import { nameCharacter, nextStep } from './onboarding-feature.ts';
import type { OnboardingService } from './onboarding-service.ts';

export interface LobbyFeatureDeps {
  readonly lobby: LobbyService;
  readonly login: LoginService;
  readonly onboarding: Pick<
    OnboardingService,
    'initialize' | 'setName' | 'offerName' | 'telegramName'
  >;
  readonly players: Pick<UserChoices, 'getActiveCharacter'>;
}

export function lobbyFeature(deps: LobbyFeatureDeps): Feature<AccountPlayer> {
  const actions = new LobbyActions(deps);
  return feature({
    name: 'lobby',
    actions: lobbyActionSchema,
    act: (player: AccountPlayer, action) => actions.act(player, action),
    present: {
      lobby: async (player) =>
        (await player.played()) === null ? actions.cachedLobby(player.userId) : null,
    },
  });
}

type RefusalReason = 'not_yours' | 'full' | 'unfinished';

class LobbyActions {
  readonly #deps: LobbyFeatureDeps;

  constructor(deps: LobbyFeatureDeps) {
    this.#deps = deps;
  }

  async act(player: AccountPlayer, action: LobbyAction): Promise<Reply> {
    switch (action.action) {
      case 'lobby':
        return shown(await this.cachedLobby(player.userId));
      case 'lobby.enter':
        return this.#entered(player, await this.#deps.login.login(player.userId, action.value));
      case 'lobby.new':
        return this.#create(player, null);
      case 'quick_start':
        return this.#create(player, this.#deps.onboarding.telegramName(player.userId));
      case 'lobby.manage':
        return shown(await this.#manage(player.userId));
      case 'lobby.delete':
        return this.#askDelete(player.userId, action.value);
      case 'lobby.delete_confirmed':
        return this.#delete(player, action.value);
      case 'lobby.logout':
        return this.#logout(player);
    }
  }

  async cachedLobby(userId: number): Promise<AccountPayload> {
    return this.#lobbyOf(userId, await this.#deps.lobby.getCharactersList(userId));
  }

  async #entered(player: AccountPlayer, { kind }: LoginReply): Promise<Reply> {
    const { userId } = player;
    if (kind === 'busy') return player.home(text('account.notice.busy'));
    if (kind === 'not_yours') return this.#refused(userId, 'not_yours');
    if (kind === 'entered') return player.home();
    return refused(text('account.notice.away'), await this.cachedLobby(userId));
  }

  /** A second tap continues the shell that the first one created; no other shell is opened. */
  async #create(player: AccountPlayer, name: string | null): Promise<Reply> {
    const { lobby, login } = this.#deps;
    const { userId } = player;
    if (await login.isBusy(userId)) return player.home(text('account.notice.busy'));
    const reply = await lobby.createCharacterShell(userId);
    if (reply.kind === 'full') return this.#refused(userId, 'full');
    const { name: known, character_id: charId } = reply.character;
    if (known !== null && known !== name) return this.#refused(userId, 'unfinished');
    const entered = await login.login(userId, charId);
    const isShell = entered.kind === 'entered' && entered.account.state === 'ONBOARDING';
    if (!isShell) return this.#entered(player, entered);
    return this.#firstStep(player, { played: entered, typed: known === null ? name : null });
  }

  async #firstStep(
    player: AccountPlayer,
    { played, typed }: { readonly played: Played; readonly typed: string | null },
  ): Promise<Reply> {
    const { onboarding } = this.#deps;
    if (typed !== null) return nameCharacter(onboarding, player, { played, typed });
    return nextStep(onboarding, player, await onboarding.initialize(played.charId));
  }

  async #askDelete(userId: number, charId: number): Promise<Reply> {
    const characters = await this.#deps.lobby.reloadCharactersList(userId);
    const character = characters.find((one) => one.character_id === charId);
    if (character !== undefined) return shown(deleteScreen(character));
    return refused(text('account.notice.not_yours'), await this.#lobbyOf(userId, characters));
  }

  async #delete(player: AccountPlayer, charId: number): Promise<Reply> {
    const reply = await this.#deps.lobby.deleteCharacter(player.userId, charId);
    if (reply === 'busy') return player.home(text('account.notice.busy'));
    if (reply === 'not_yours') return this.#refused(player.userId, 'not_yours');
    return shown(await this.#reloadedLobby(player.userId));
  }

  async #logout(player: AccountPlayer): Promise<Reply> {
    const reply = await this.#deps.login.logout(player.userId);
    if (reply === 'busy') return player.home(text('account.notice.busy'));
    return shown(await this.#reloadedLobby(player.userId));
  }

  /** Reloads the list: the player has tapped on an outdated one. */
  async #refused(userId: number, reason: RefusalReason): Promise<Reply> {
    return refused(text(`account.notice.${reason}`), await this.#reloadedLobby(userId));
  }

  async #reloadedLobby(userId: number): Promise<AccountPayload> {
    return this.#lobbyOf(userId, await this.#deps.lobby.reloadCharactersList(userId));
  }

  async #lobbyOf(userId: number, characters: readonly Character[]): Promise<AccountPayload> {
    const isNew = characters.length === 0;
    return lobbyScreen(characters, isNew ? await this.#deps.onboarding.offerName(userId) : null);
  }

  async #manage(userId: number): Promise<AccountPayload> {
    const { lobby, players } = this.#deps;
    const characters = await lobby.reloadCharactersList(userId);
    if (characters.length === 0) return this.#lobbyOf(userId, characters);
    return manageScreen(characters, await players.getActiveCharacter(userId));
  }
}
