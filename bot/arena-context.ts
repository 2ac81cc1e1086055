import type { ConversationFlavor } from '@grammyjs/conversations';
import type { Context } from 'grammy';
import type { PrefetchedTap } from '../domains/arena/tap-reader.ts';
import type { Text } from '../domains/core/text.ts';
import type { ActionShape } from '../domains/core/ui-payload.ts';
import type { CurrentScreen } from './outbox/chat-memory.ts';

/** The one answer to a callback query. */
export interface TapAnswer {
  /** Answers with a toast; false if the query has been answered already. */
  showToast(notice: Text): boolean;
  /** Answers without a toast unless the query has been answered; resolves once the answer is sent. */
  end(): Promise<void>;
}

/** What a tap needs, asked for together at the door and handed down. */
export interface TapContext extends PrefetchedTap {
  /** What the button asks for; null: no button of ours carries this. */
  readonly action: ActionShape | null;
  readonly currentScreen: Promise<CurrentScreen | null>;
}

/** What the bot notes of an update on its way. */
interface Notes {
  /** How the tap's query is answered; absent for any other update. */
  tapAnswer?: TapAnswer;
  /** What the typed text answers, by the name of a feature's typed text; null: nothing. */
  answers?: string | null;
  /** What a tap in a private chat needs, read once. */
  tap?: TapContext;
}

export type ArenaContext = ConversationFlavor<Context> & Notes;
