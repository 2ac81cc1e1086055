import type { z } from 'zod';
import type { ActionSchema } from './action-schema.ts';
import type { Reply } from './reply.ts';
import type { Text, TextKey } from './text.ts';
import type { ActionShape, UiPayload } from './ui-payload.ts';

/**
 * Who owns the present screen: they are asked in this order, and the first that has one shows it.
 * The door is where a finished character stands that nothing else holds; the lobby is for users who
 * play no character.
 */
export const presentOrder = [
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

/** Whoever acts. A domain whose features need more of the player extends it. */
export interface Player {
  readonly userId: number;
  /** The present screen, from what has been read already: for an action that changes nothing. */
  currentScreen(): Promise<UiPayload>;
  /** The present screen, read anew after what the action did; `notice`: why it did nothing. */
  home(notice?: Text | null): Promise<Reply>;
}

/** What a tap needs read at the door. `place` brings the account as well. */
export type TapReads = 'account' | 'place' | 'battle';

/** `/name` asks for the action; `says` is its line in the command menu. */
export interface Command<A extends ActionShape = ActionShape> {
  readonly name: string;
  readonly action: A;
  readonly description: TextKey;
}

/** The text that a feature's screens ask for by `asks`, and what is done with it. */
export interface TypedText<P extends Player = Player> {
  readonly asks: string;
  handle(player: P, typed: string): Promise<Reply>;
}

type Presenters<P extends Player> = Readonly<
  Partial<Record<ScreenOwner, (player: P) => Promise<UiPayload | null>>>
>;

/** What a feature is apart from its actions. */
interface Parts<P extends Player> {
  readonly name: string;
  readonly typed?: TypedText<P>;
  /** Whether it holds the character, who can then be neither left nor deleted. */
  readonly occupies?: (charId: number) => Promise<boolean>;
  /** The screen that it shows while the player is inside it; null while they are not. */
  readonly present?: Presenters<P>;
}

interface FeatureOf<P extends Player, S extends ActionSchema> extends Parts<P> {
  readonly actions: S;
  act(player: P, action: z.output<S>): Promise<Reply>;
  readonly commands?: readonly Command<z.output<S>>[];
  /** Actions that only look: their screen is written whatever the chat is thought to show. */
  readonly readOnly?: readonly z.output<S>['action'][];
  /** Actions that change what is known of the player themself: it is read again for the screen. */
  readonly changesPlayer?: readonly z.output<S>['action'][];
  /** Actions whose needs are read with the tap; whatever else they need is read when it is asked for. */
  readonly reads?: Readonly<Partial<Record<z.output<S>['action'], TapReads>>>;
}

/** One feature of the game, plugged in by one line of the wiring. */
export interface Feature<P extends Player = Player> extends Parts<P> {
  readonly actions: ActionSchema;
  act(player: P, action: ActionShape): Promise<Reply>;
  readonly commands: readonly Command[];
  readonly readOnly: readonly string[];
  readonly changesPlayer: readonly string[];
  readonly reads: Readonly<Partial<Record<string, TapReads>>>;
}

/** A feature with its own types, for the registry, which knows only that actions have names. */
export function feature<P extends Player, S extends ActionSchema>(
  own: FeatureOf<P, S>,
): Feature<P> {
  const { commands = [], readOnly = [], changesPlayer = [], reads = {} } = own;
  return {
    ...{ ...own, commands, readOnly, changesPlayer, reads },
    act: (player, action) => own.act(player, own.actions.parse(action)),
  };
}
