import type { ConversationFlavor } from '@grammyjs/conversations';
import type { Context } from 'grammy';

/** What the bot notes of an update on its way. */
interface Notes {
  /** A toast has told the player what is wrong with his tap. */
  toasted?: boolean;
}

export type ArenaContext = ConversationFlavor<Context> & Notes;
