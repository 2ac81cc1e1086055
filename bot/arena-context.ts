import type { ConversationFlavor } from '@grammyjs/conversations';
import type { Context } from 'grammy';

/** What the bot notes of an update on its way. */
interface Notes {
  /** Whether a toast tells the player what is wrong with his tap; known before the tap is done. */
  toasted?: Promise<boolean>;
}

export type ArenaContext = ConversationFlavor<Context> & Notes;
