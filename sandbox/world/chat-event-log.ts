import { ChangeNotifier } from './change-notifier.ts';
import type { MessageView } from './message-view.ts';

/** The answer to a callback query. `text` is empty when the bot only acknowledged it. */
export interface Toast {
  readonly callbackQueryId: string;
  readonly text: string;
  readonly isAlert: boolean;
  readonly url: string | null;
  readonly atMs: number;
}

/** A change of the chat that the person sees. */
export type ChatEventContent =
  | { readonly kind: 'sent'; readonly message: MessageView }
  | { readonly kind: 'edited'; readonly message: MessageView }
  | { readonly kind: 'deleted'; readonly messageId: number }
  | { readonly kind: 'toast'; readonly toast: Toast }
  /** The reply keyboard, or null after its removal. */
  | { readonly kind: 'keyboard'; readonly labels: readonly (readonly string[])[] | null }
  | { readonly kind: 'action'; readonly action: string }
  | { readonly kind: 'pinned'; readonly messageId: number }
  | { readonly kind: 'unpinned'; readonly messageId: number }
  | {
      readonly kind: 'reaction';
      readonly messageId: number;
      readonly reactions: readonly string[];
    };

/** `eventId` counts up by one per person, from 1. */
export type ChatEvent = ChatEventContent & { readonly eventId: number; readonly atMs: number };

/** Stored per person, events and toasts each. */
const MAX_EVENTS = 2000;

/** The events of one chat. */
export class ChatEventLog {
  readonly changes = new ChangeNotifier();
  readonly #now: () => number;
  readonly #onEvent: (event: ChatEvent) => void;
  #toasts: Toast[] = [];
  #events: ChatEvent[] = [];
  #lastId = 0;

  constructor(now: () => number, onEvent: (event: ChatEvent) => void) {
    this.#now = now;
    this.#onEvent = onEvent;
  }

  add(sight: ChatEventContent): void {
    this.#lastId += 1;
    const event = { ...sight, eventId: this.#lastId, atMs: this.#now() };
    this.#events.push(event);
    if (this.#events.length > 2 * MAX_EVENTS) this.#events = this.#events.slice(-MAX_EVENTS);
    if (sight.kind === 'toast') this.#toasts = [...this.#toasts, sight.toast].slice(-MAX_EVENTS);
    this.changes.notify();
    this.#onEvent(event);
  }

  get lastId(): number {
    return this.#lastId;
  }

  after(eventId: number): ChatEvent[] {
    return this.#events.filter((event) => event.eventId > eventId);
  }

  /** Answers to callback queries, including empty ones, oldest first. */
  toasts(): readonly Toast[] {
    return this.#toasts;
  }
}
