import type { ConversationFlavor } from '@grammyjs/conversations';
import type { Context } from 'grammy';
import type { PrefetchedTap } from '../domains/arena/tap-reader.ts';
import type { Text } from '../domains/core/text.ts';
import type { ActionShape } from '../domains/core/ui-payload.ts';
import type { CurrentScreen } from './outbox/chat-memory.ts';

/** The answer to a callback query, which can be given once. */
export interface TapAnswer {
  /** Answers with a toast; false if the query has been answered already. */
  showToast(notice: Text): boolean;
  /** Answers without a toast unless the query has been answered; resolves when that is sent. */
  end(): Promise<void>;
}

/** What a tap needs, read in one go. */
export interface TapContext extends PrefetchedTap {
  /** What the button asks for; null if its data is none of ours. */
  readonly action: ActionShape | null;
  readonly currentScreen: Promise<CurrentScreen | null>;
}

export type ArenaContext = ConversationFlavor<Context> & {
  /** When the update arrived, by the bot's timing. */
  receivedMs?: number;
  /** Absent for updates that are no taps. */
  tapAnswer?: TapAnswer;
  /** Absent for updates that are no taps in a private chat. */
  tap?: TapContext;
  /** The name of the text that typed text answers; null if nothing is asked for. */
  asks?: string | null;
};
