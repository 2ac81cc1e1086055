import type { Mode } from './mode.ts';
import type { Text } from './text.ts';

/** What a button asks for. `bot/` packs it into the 64 bytes of callback data. */
export interface ActionShape {
  readonly action: string;
  readonly mode?: Mode;
  readonly value?: unknown;
}

export type Button<A extends ActionShape> = A & {
  readonly label: Text;
  readonly style?: 'primary' | 'success' | 'danger';
};

/** One screen as data: services choose texts and buttons, `bot/` renders them. */
export interface UiPayload<A extends ActionShape = ActionShape> {
  readonly screen: string;
  readonly mode?: Mode;
  readonly title: Text;
  /** Paragraphs, one line each; a `null` is an empty line. */
  readonly body: readonly (Text | null)[];
  readonly buttons: readonly (readonly Button<A>[])[];
  /**
   * Orders screens that also change without a tap: of two screens with the same `of` the higher
   * version wins, even if it arrives first.
   */
  readonly state?: { readonly of: string; readonly version: number };
  /** Why the last tap was refused; shown in the screen if there was no toast. */
  readonly notice?: Text;
  /** The user's data is erased: nothing of this screen is remembered either. */
  readonly isLast?: true;
  /** A file was sent into the chat: the screen comes below it. */
  readonly isBelowFile?: true;
  /** The next text message answers this question: the `asks` of a feature's `TypedText`. */
  readonly asks?: string;
}
