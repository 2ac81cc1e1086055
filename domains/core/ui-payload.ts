import type { Mode } from './mode.ts';
import type { Text } from './text.ts';

/** What a tap asks for. Each domain names its own actions; `bot/` packs them into 64 bytes. */
export interface ActionShape {
  readonly action: string;
  readonly mode?: Mode;
  readonly value?: unknown;
}

export type Button<A extends ActionShape> = A & {
  readonly label: Text;
  readonly style?: 'primary' | 'success' | 'danger';
};

/** One screen as data: services choose which texts and buttons, `bot/` decides how they look. */
export interface UiPayload<A extends ActionShape = ActionShape> {
  readonly screen: string;
  readonly mode?: Mode;
  readonly title: Text;
  /** Paragraphs, one line each; a `null` is an empty line. */
  readonly body: readonly (Text | null)[];
  readonly buttons: readonly (readonly Button<A>[])[];
  /**
   * What the screen shows changes also without its reader's tap: of two screens of the same thing
   * the higher version wins, whichever is handed in last.
   */
  readonly state?: { readonly of: string; readonly version: number };
  /** Why the last tap was refused, where no toast could say it. */
  readonly notice?: Text;
  /** The next text that the player types answers this: the name of a feature's typed text. */
  readonly asks?: string;
}
