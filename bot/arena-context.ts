import type { ConversationFlavor } from '@grammyjs/conversations';
import type { Context } from 'grammy';
import type { Text } from '../domains/core/text.ts';

/** The one answer to a callback query. */
export interface TapAnswer {
  /** Answers with a toast; false if the query has been answered already. */
  tell(notice: Text): boolean;
  /** Answers without a toast unless the query has been answered; resolves once the answer is sent. */
  end(): Promise<void>;
}

/** What the bot notes of an update on its way. */
interface Notes {
  /** How the tap's query is answered; absent for any other update. */
  tapAnswer?: TapAnswer;
}

export type ArenaContext = ConversationFlavor<Context> & Notes;
