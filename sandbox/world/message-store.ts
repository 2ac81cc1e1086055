import type { Draft, Message } from './message.ts';

/** All private chats' messages; their ids come from one sequence. */
export class MessageStore {
  readonly #chats = new Map<number, Map<number, Message>>();
  #nextId = 1;

  add(draft: Draft, dateS: number): Message {
    const message: Message = {
      keyboard: null,
      hasForeignMarkup: false,
      isSilent: false,
      isProtected: false,
      replyToId: null,
      ...draft,
      id: this.#nextId++,
      dateS,
      editDateS: null,
      reaction: [],
    };
    this.#chat(message.chatId).set(message.id, message);
    return message;
  }

  find(chatId: number, messageId: number): Message | null {
    return this.#chats.get(chatId)?.get(messageId) ?? null;
  }

  replace(message: Message): void {
    this.#chat(message.chatId).set(message.id, message);
  }

  remove(message: Message): void {
    this.#chats.get(message.chatId)?.delete(message.id);
  }

  /** Oldest first. */
  ofChat(chatId: number): Message[] {
    return [...(this.#chats.get(chatId)?.values() ?? [])];
  }

  #chat(chatId: number): Map<number, Message> {
    const known = this.#chats.get(chatId);
    if (known !== undefined) return known;
    const created = new Map<number, Message>();
    this.#chats.set(chatId, created);
    return created;
  }
}
