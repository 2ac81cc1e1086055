// @ts-check
/** @import { Chat, ChatEvent, Message } from '../types.ts' */

/** @type {Chat} */
export const EMPTY_CHAT = { messages: [], pinned_message_ids: [], reply_keyboard: null };

/**
 * The chat after an event. An event that the chat contains already changes nothing: the fetched chat and the stream may
 * overlap.
 * @param {Chat} chat
 * @param {ChatEvent} event
 * @returns {Chat}
 */
export function applyEvent(chat, event) {
  switch (event.kind) {
    case 'sent':
    case 'edited':
      return { ...chat, messages: withMessage(chat.messages, event.message) };
    case 'deleted':
      return {
        ...chat,
        messages: chat.messages.filter(({ message_id: id }) => id !== event.message_id),
        pinned_message_ids: without(chat.pinned_message_ids, event.message_id),
      };
    case 'pinned':
      return {
        ...chat,
        pinned_message_ids: [
          ...without(chat.pinned_message_ids, event.message_id),
          event.message_id,
        ],
      };
    case 'unpinned':
      return { ...chat, pinned_message_ids: without(chat.pinned_message_ids, event.message_id) };
    case 'keyboard':
      return { ...chat, reply_keyboard: event.labels };
    case 'reaction':
      return { ...chat, messages: chat.messages.map((message) => reacted(message, event)) };
    case 'toast':
    case 'action':
      return chat;
  }
}

/**
 * Inserts or replaces the message; chats are ordered by id.
 * @param {readonly Message[]} messages
 * @param {Message} message
 */
function withMessage(messages, message) {
  const id = message.message_id;
  if (messages.some((known) => known.message_id === id)) {
    return messages.map((known) => (known.message_id === id ? message : known));
  }
  return [...messages, message].sort((one, other) => one.message_id - other.message_id);
}

/**
 * @param {Message} message
 * @param {{ message_id: number, reactions: readonly string[] }} event
 */
function reacted(message, { message_id: id, reactions }) {
  return message.message_id === id ? { ...message, reactions } : message;
}

/**
 * @param {readonly number[]} ids
 * @param {number} gone
 */
function without(ids, gone) {
  return ids.filter((id) => id !== gone);
}
