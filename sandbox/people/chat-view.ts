import type { Toast } from '../world/chat-event-log.ts';
import { drawMessage, messageView } from '../world/message-view.ts';
import type { MessageView } from '../world/message-view.ts';
import type { Person } from '../world/people-store.ts';
import type { World } from '../world/world.ts';

/** A private chat as its person sees it now. */
export interface ChatView {
  /** Oldest first, without deleted messages. */
  readonly messages: readonly MessageView[];
  /** Answers to callback queries with a text or a link, oldest first. */
  readonly toasts: readonly Toast[];
  /** Callback queries the bot has not answered. */
  readonly unansweredTaps: readonly string[];
  /** Newest pin last. */
  readonly pinnedMessageIds: readonly number[];
  /** Labels of the reply keyboard, or null. */
  readonly replyKeyboard: readonly (readonly string[])[] | null;
  readonly hasBlockedBot: boolean;
}

export function chatView(world: World, person: Person): ChatView {
  const answers = world.chats.eventLog(person.id).toasts();
  return {
    messages: world.messages.ofChat(person.id).map(messageView),
    toasts: answers.filter((toast) => toast.text !== '' || toast.url !== null),
    unansweredTaps: world.callbacks.unanswered(person.id).map((query) => query.id),
    pinnedMessageIds: person.pinnedMessageIds,
    replyKeyboard: person.replyKeyboard,
    hasBlockedBot: person.hasBlockedBot,
  };
}

/** The bot's newest message, or null. */
export function lastScreen({ messages }: ChatView): MessageView | null {
  return messages.findLast(({ from, kind }) => from === 'bot' && kind !== 'pin') ?? null;
}

/** The newest message with an inline keyboard, or null. */
export function lastKeyboard({ messages }: ChatView): MessageView | null {
  return messages.findLast(({ buttons }) => buttons.length > 0) ?? null;
}

/** The chat as text, for a terminal or an error message. */
export function drawChat({ messages, toasts }: ChatView): string {
  const lines = messages.map(
    (message) => `#${message.messageId} ${message.from}: ${drawMessage(message)}`,
  );
  const said = toasts.map(({ text, isAlert }) => `(${isAlert ? 'alert' : 'toast'}: ${text})`);
  return [...lines, ...said].join('\n');
}
