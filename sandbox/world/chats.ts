import { ChatEventLog } from './chat-event-log.ts';
import type { ChatEvent, Toast } from './chat-event-log.ts';
import type { Content, Draft, InlineKeyboard, Message, ReactionType } from './message.ts';
import type { MessageStore } from './message-store.ts';
import { messageView } from './message-view.ts';
import type { Person } from './people-store.ts';
import { toSeconds } from './time.ts';

export interface ChatsOptions {
  readonly now: () => number;
  readonly onEvent: (personId: number, event: ChatEvent) => void;
}

/** Changes chats, and records each change as an event for the person. */
export class Chats {
  readonly #messages: MessageStore;
  readonly #eventLogs = new Map<number, ChatEventLog>();
  readonly #now: () => number;
  readonly #onEvent: ChatsOptions['onEvent'];

  constructor(messages: MessageStore, { now, onEvent }: ChatsOptions) {
    this.#messages = messages;
    this.#now = now;
    this.#onEvent = onEvent;
  }

  eventLog(personId: number): ChatEventLog {
    const known = this.#eventLogs.get(personId);
    if (known !== undefined) return known;
    const created = new ChatEventLog(this.#now, (event) => {
      this.#onEvent(personId, event);
    });
    this.#eventLogs.set(personId, created);
    return created;
  }

  send(draft: Draft): Message {
    const message = this.#messages.add(draft, toSeconds(this.#now()));
    this.eventLog(message.chatId).add({ kind: 'sent', message: messageView(message) });
    return message;
  }

  edit(message: Message, content: Content, keyboard: InlineKeyboard | null): Message {
    const edited = { ...message, content, keyboard, editDateS: toSeconds(this.#now()) };
    this.#messages.replace(edited);
    this.eventLog(message.chatId).add({ kind: 'edited', message: messageView(edited) });
    return edited;
  }

  remove(message: Message, person: Person): void {
    this.#messages.remove(message);
    person.pinnedMessageIds = person.pinnedMessageIds.filter((id) => id !== message.id);
    this.eventLog(message.chatId).add({ kind: 'deleted', messageId: message.id });
  }

  react(message: Message, reaction: readonly ReactionType[]): void {
    const changed = { ...message, reaction };
    this.#messages.replace(changed);
    const { reactions } = messageView(changed);
    this.eventLog(message.chatId).add({ kind: 'reaction', messageId: message.id, reactions });
  }

  pin(message: Message, person: Person): void {
    this.#withoutPin(message.id, person);
    person.pinnedMessageIds = [...person.pinnedMessageIds, message.id];
    this.eventLog(person.id).add({ kind: 'pinned', messageId: message.id });
  }

  unpin(messageId: number, person: Person): void {
    if (!person.pinnedMessageIds.includes(messageId)) return;
    this.#withoutPin(messageId, person);
    this.eventLog(person.id).add({ kind: 'unpinned', messageId });
  }

  showKeyboard(person: Person, labels: Person['replyKeyboard']): void {
    person.replyKeyboard = labels;
    this.eventLog(person.id).add({ kind: 'keyboard', labels });
  }

  showAction(person: Person, action: string): void {
    this.eventLog(person.id).add({ kind: 'action', action });
  }

  showToast(personId: number, toast: Omit<Toast, 'atMs'>): void {
    this.eventLog(personId).add({ kind: 'toast', toast: { ...toast, atMs: this.#now() } });
  }

  #withoutPin(messageId: number, person: Person): void {
    person.pinnedMessageIds = person.pinnedMessageIds.filter((id) => id !== messageId);
  }
}
