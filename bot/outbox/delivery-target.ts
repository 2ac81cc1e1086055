/** Where a user reads what the arena sends them. `userId`: whose language it is written in. */
export type DeliveryTarget = PrivateChat | InlineMessage | GroupMessage;

/** The one screen of a user's own chat with the bot, edited in place or sent anew. */
export interface PrivateChat {
  readonly kind: 'private_chat';
  readonly userId: number;
  readonly chatId: number;
}

/** A message that the user has sent by inline mode; it is edited and never sent. Not built yet. */
export interface InlineMessage {
  readonly kind: 'inline_message';
  readonly userId: number;
  readonly inlineMessageId: string;
}

/** A message of the bot in a group, in a forum's topic where it has one. Not built yet. */
export interface GroupMessage {
  readonly kind: 'group_message';
  readonly userId: number;
  readonly chatId: number;
  readonly topicId: number | null;
}

/** Only here is it known that Telegram gives a user's private chat the user's own id. */
export function privateChatOf(userId: number): PrivateChat {
  return { kind: 'private_chat', userId, chatId: userId };
}
