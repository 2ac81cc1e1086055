import type { z } from 'zod';
import type { ActionSchema } from './action-schema.ts';
import type { Reply } from './reply.ts';
import type { Text, TextKey } from './text.ts';
import type { ActionShape, UiPayload } from './ui-payload.ts';

/** Owners of the current screen, by priority. `lobby` is for users without an active character. */
export const presentOrder = [
  'ban',
  'onboarding',
  'battle',
  'match',
  'scenario',
  'queue',
  'world',
  'main_menu',
  'lobby',
] as const;
export type ScreenOwner = (typeof presentOrder)[number];

/** The user who acts. Domains extend it with what their features need. */
export interface Player {
  readonly userId: number;
  /** The current screen from data that this tap has read; for actions that change nothing. */
  currentScreen(): Promise<UiPayload>;
  /** The current screen read again after a change; `notice` says why the action was refused. */
  home(notice?: Text | null): Promise<Reply>;
}

/**
 * What is read together with the tap, in one go. `place` includes the account; `known_battle` is the battle as
 * this process knows it, perhaps outdated.
 */
export type TapReads = 'account' | 'place' | 'battle' | 'known_battle';

/** The command `/name`; `description` is its line in Telegram's command menu. */
export interface Command<A extends ActionShape = ActionShape> {
  readonly name: string;
  readonly action: A;
  readonly description: TextKey;
  /** The `asks` of the typed text that stands behind the command, as in `/name some text`. */
  readonly asks?: string;
  /** Who knows the command; for all others there is none. By default everybody. */
  readonly isKnownTo?: (userId: number) => boolean;
}

/** Handles the text that a screen with the same `asks` asks for. */
export interface TypedText<P extends Player = Player> {
  readonly asks: string;
  handle(player: P, typed: string): Promise<Reply>;
}

/** One feature of the game; `A` are its own actions, which the registry does not know. */
export interface Feature<P extends Player = Player, A extends ActionShape = ActionShape> {
  readonly name: string;
  readonly actions: ActionSchema;
  act(player: P, action: A): Promise<Reply>;
  readonly commands?: readonly Command<A>[];
  /** Actions that change nothing: a tap on them writes the screen even if the chat seems to show it. */
  readonly readOnly?: readonly A['action'][];
  /** Actions that change the user's own data (language), which the reply must read again. */
  readonly changesPlayer?: readonly A['action'][];
  /** What to read together with a tap on the action; anything else is read when needed. */
  readonly reads?: Readonly<Partial<Record<A['action'], TapReads>>>;
  readonly typed?: TypedText<P> | readonly TypedText<P>[];
  /** Whether the character is in it, and so can be neither left nor deleted. */
  readonly occupies?: (charId: number) => Promise<boolean>;
  /** Its screen while the player is in it, else null. */
  readonly present?: Readonly<
    Partial<Record<ScreenOwner, (player: P) => Promise<UiPayload | null>>>
  >;
}

/** Infers the types of a feature's own actions, and checks each action by its schema. */
export function feature<P extends Player, S extends ActionSchema>(
  own: Feature<P, z.output<S>> & { readonly actions: S },
): Feature<P> {
  return { ...own, act: (player, action) => own.act(player, own.actions.parse(action)) };
}
