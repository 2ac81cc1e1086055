import type { AccountStore } from '../account/account-store.ts';
import type { UserStore } from '../account/user-store.ts';
import type { UserProfile } from '../account/users-repository.ts';
import type { FeatureRegistry } from '../core/feature-registry.ts';
import { type Reply, shown } from '../core/reply.ts';
import type { Text } from '../core/text.ts';
import type { ActionShape, UiPayload } from '../core/ui-payload.ts';
import type { ArenaPlayer } from './arena-player.ts';
import type { LadderService } from '../rating/ladder-service.ts';
import { NotLoggedInError } from './not-logged-in-error.ts';
import { TapPlayer, type TapPlayerDeps } from './tap-player.ts';
import type { PrefetchedTap } from './tap-reader.ts';

/** Stops what a banned user may not do; their present screen says why. */
export interface RouterGate {
  stops(userId: number, action: ActionShape): boolean;
  stopsText(userId: number, asks: string): boolean;
}

/** What a player reads once above their next menu. */
export interface NewsReader {
  linesFor(userId: number): Promise<Text[]>;
}

export interface ActionRouterDeps extends TapPlayerDeps {
  readonly gate: RouterGate;
  readonly features: FeatureRegistry<ArenaPlayer>;
  readonly players: Pick<UserStore, 'registerUser'>;
  readonly accounts: Pick<AccountStore, 'getFullAccount'>;
  readonly ladders: Pick<LadderService, 'endLines'>;
  readonly news: NewsReader;
}

/** Passes each user action to the feature that owns it. */
export class ActionRouter {
  readonly #deps: ActionRouterDeps;

  constructor(deps: ActionRouterDeps) {
    this.#deps = deps;
  }

  /** Saves the user's names; a new user gets the language of their Telegram client. */
  async registerUser(profile: UserProfile): Promise<void> {
    await this.#deps.players.registerUser(profile);
  }

  async act(
    userId: number,
    action: ActionShape,
    prefetched: PrefetchedTap | null = null,
  ): Promise<Reply> {
    const { features, gate } = this.#deps;
    const player = this.#player(userId, prefetched);
    if (gate.stops(userId, action)) return shown(await player.currentScreen());
    return this.#withNews(await features.act(player, action), player);
  }

  /** The menu is the next quiet screen of a player: there they read announcements, and how a season ended. */
  async #withNews(reply: Reply, player: TapPlayer): Promise<Reply> {
    const { payload } = reply;
    if (payload.screen !== 'arena') return reply;
    const find = async () => (await player.played())?.charId ?? null;
    const { ladders, news } = this.#deps;
    const read = [await news.linesFor(player.userId), await ladders.endLines(find)];
    const lines = read.flatMap((some) => (some.length === 0 ? [] : [...some, null]));
    if (lines.length === 0) return reply;
    return { ...reply, payload: { ...payload, body: [...lines, ...payload.body] } };
  }

  /** The current screen of a character, outside of any tap. Raises NotLoggedInError. */
  async screenOf(charId: number): Promise<UiPayload> {
    const { accounts, sessions } = this.#deps;
    const account = await accounts.getFullAccount(charId);
    const userId = account?.user_id ?? null;
    if (account === null || userId === null) throw new NotLoggedInError(charId);
    const place = await sessions.getQueueStatus(charId, userId);
    const at = { charId, account, place };
    return new TapPlayer(this.#deps, { userId, prefetched: null, at }).currentScreen();
  }

  /** The id of the text that the user's current screen asks for; null if it asks for none. */
  async expectedText(userId: number): Promise<string | null> {
    return (await this.#player(userId, null).currentScreen()).asks ?? null;
  }

  /** Handles a typed answer; null if no feature asks for such a text. */
  async handleText(userId: number, answer: { asks: string; typed: string }): Promise<Reply | null> {
    const { features, gate } = this.#deps;
    const player = this.#player(userId, null);
    if (gate.stopsText(userId, answer.asks)) return shown(await player.currentScreen());
    return features.handleTyped(player, answer);
  }

  #player(userId: number, prefetched: PrefetchedTap | null): TapPlayer {
    return new TapPlayer(this.#deps, { userId, prefetched });
  }
}
