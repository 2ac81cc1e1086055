import type { AccountStore } from '../account/account-store.ts';
import type { UserStore } from '../account/user-store.ts';
import type { UserProfile } from '../account/users-repository.ts';
import type { FeatureRegistry } from '../core/feature-registry.ts';
import type { Reply } from '../core/reply.ts';
import type { ActionShape, UiPayload } from '../core/ui-payload.ts';
import type { ArenaPlayer } from './arena-player.ts';
import { NotLoggedInError } from './not-logged-in-error.ts';
import { TapPlayer, type TapPlayerDeps } from './tap-player.ts';
import type { PrefetchedTap } from './tap-reader.ts';

export interface ActionRouterDeps extends TapPlayerDeps {
  readonly features: FeatureRegistry<ArenaPlayer>;
  readonly players: Pick<UserStore, 'registerUser'>;
  readonly accounts: Pick<AccountStore, 'getFullAccount'>;
}

/** The front door: hands what a user does to the feature that it belongs to. */
export class ActionRouter {
  readonly #deps: ActionRouterDeps;

  constructor(deps: ActionRouterDeps) {
    this.#deps = deps;
  }

  /** A stranger is spoken to in the language of their Telegram until they choose another. */
  async registerUser(greeting: UserProfile): Promise<void> {
    await this.#deps.players.registerUser(greeting);
  }

  async act(
    userId: number,
    action: ActionShape,
    known: PrefetchedTap | null = null,
  ): Promise<Reply> {
    return this.#deps.features.act(this.#player(userId, known), action);
  }

  /** The present screen of a character that no tap is about; throws if it has no live session. */
  async screenOf(charId: number): Promise<UiPayload> {
    const { accounts, sessions } = this.#deps;
    const [account, place] = await Promise.all([
      accounts.getFullAccount(charId),
      sessions.getQueueStatus(charId),
    ]);
    const userId = account?.user_id ?? null;
    if (account === null || userId === null)
      throw new NotLoggedInError(`Character ${charId} has no live session`);
    return new TapPlayer(this.#deps, {
      userId,
      known: null,
      at: { charId, account, place },
    }).currentScreen();
  }

  /** What the next text answers that the user types, by the screen of where they are; null: nothing. */
  async expectedText(userId: number): Promise<string | null> {
    return (await this.#player(userId, null).currentScreen()).asks ?? null;
  }

  /** Text that answers what a screen asks for; null if no feature asks for such a text. */
  async handleText(userId: number, answer: { asks: string; typed: string }): Promise<Reply | null> {
    return this.#deps.features.handleTyped(this.#player(userId, null), answer);
  }

  #player(userId: number, known: PrefetchedTap | null): TapPlayer {
    return new TapPlayer(this.#deps, { userId, known });
  }
}
