import type { ConversationFlavor } from '@grammyjs/conversations';
import type { Context } from 'grammy';
import type { TapAnswer } from './acknowledge.ts';

/** What the bot notes of an update on its way. */
interface Notes {
  /** How the tap's query is answered; absent for any other update. */
  tapAnswer?: TapAnswer;
}

export type ArenaContext = ConversationFlavor<Context> & Notes;
