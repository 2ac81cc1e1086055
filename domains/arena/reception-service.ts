import type { AccountStore } from '../account/account-store.ts';
import type { LastingPlayers } from '../account/lasting-players.ts';
import type { Greeting } from '../account/users-repository.ts';
import type { FeatureRegistry } from '../core/feature-registry.ts';
import type { Reply } from '../core/reply.ts';
import type { ActionShape, UiPayload } from '../core/ui-payload.ts';
import type { ArenaPlayer } from './arena-player.ts';
import { NotLoggedInError } from './not-logged-in-error.ts';
import { TapPlayer, type TapPlayerDeps } from './tap-player.ts';
import type { KnownTap } from './tap-reader.ts';

export interface ReceptionDeps extends TapPlayerDeps {
  readonly features: FeatureRegistry<ArenaPlayer>;
  readonly players: Pick<LastingPlayers, 'greet'>;
  readonly accounts: Pick<AccountStore, 'getFullAccount'>;
}

/** The front door: hands what a user does to the feature that it belongs to. */
export class ReceptionService {
  readonly #deps: ReceptionDeps;

  constructor(deps: ReceptionDeps) {
    this.#deps = deps;
  }

  /** A stranger is spoken to in the language of their Telegram until they choose another. */
  async greet(greeting: Greeting): Promise<void> {
    await this.#deps.players.greet(greeting);
  }

  async act(userId: number, action: ActionShape, known: KnownTap | null = null): Promise<Reply> {
    return this.#deps.features.act(this.#player(userId, known), action);
  }

  /** The present screen of a character that no tap is about; throws if it has no live session. */
  async presentOf(charId: number): Promise<UiPayload> {
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
    }).look();
  }

  /** What the next text answers that the user types, by the screen of where they are; null: nothing. */
  async asks(userId: number): Promise<string | null> {
    return (await this.#player(userId, null).look()).asks ?? null;
  }

  /** Text that answers what a screen asks for; null if no feature asks for such a text. */
  async typed(userId: number, answer: { asks: string; typed: string }): Promise<Reply | null> {
    return this.#deps.features.type(this.#player(userId, null), answer);
  }

  #player(userId: number, known: KnownTap | null): TapPlayer {
    return new TapPlayer(this.#deps, { userId, known });
  }
}
