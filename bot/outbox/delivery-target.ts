/** A user's own chat with the bot, which has one screen. `userId`: in whose language it is written. */
export interface PrivateChat {
  readonly kind: 'private_chat';
  readonly userId: number;
  readonly chatId: number;
}

/** A message of the bot in a group, or in a topic of a forum. */
export interface GroupMessage {
  readonly kind: 'group_message';
  readonly userId: number;
  readonly chatId: number;
  readonly topicId: number | null;
}

/** The only place that relies on a private chat having its user's id. */
export function privateChatOf(userId: number): PrivateChat {
  return { kind: 'private_chat', userId, chatId: userId };
}
