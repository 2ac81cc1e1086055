import type { ConversationFlavor } from '@grammyjs/conversations';
import type { Context } from 'grammy';
import type { TapAnswer } from './acknowledge.ts';
import type { TapContext } from './tap-context.ts';

/** What the bot notes of an update on its way. */
interface Notes {
  /** How the tap's query is answered; absent for any other update. */
  tapAnswer?: TapAnswer;
  /** Whether typed text answers the present screen. */
  asksForName?: boolean;
  /** What a tap in a private chat needs, read once. */
  tap?: TapContext;
}

export type ArenaContext = ConversationFlavor<Context> & Notes;
