import { Bell } from './bell.ts';
import type { MessageView } from './message-view.ts';

/** A callback's answer. `text` is empty where the tap was only acknowledged. */
export interface Toast {
  readonly callbackQueryId: string;
  readonly text: string;
  readonly isAlert: boolean;
  readonly url: string | null;
  readonly atMs: number;
}

/** Something the person saw happen in the chat. */
export type Sight =
  | { readonly kind: 'sent'; readonly message: MessageView }
  | { readonly kind: 'edited'; readonly message: MessageView }
  | { readonly kind: 'deleted'; readonly messageId: number }
  | { readonly kind: 'toast'; readonly toast: Toast }
  /** The reply keyboard below the chat; null: it is gone. */
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
export type ChatEvent = Sight & { readonly eventId: number; readonly atMs: number };

/** Events, and toasts, kept per person; older ones are forgotten. */
const KEPT = 2000;

/** What one person has seen so far. */
export class Journal {
  readonly bell = new Bell();
  readonly #now: () => number;
  readonly #onEvent: (event: ChatEvent) => void;
  #toasts: Toast[] = [];
  #events: ChatEvent[] = [];
  #lastId = 0;

  constructor(now: () => number, onEvent: (event: ChatEvent) => void) {
    this.#now = now;
    this.#onEvent = onEvent;
  }

  add(sight: Sight): void {
    this.#lastId += 1;
    const event = { ...sight, eventId: this.#lastId, atMs: this.#now() };
    this.#events.push(event);
    if (this.#events.length > 2 * KEPT) this.#events = this.#events.slice(-KEPT);
    if (sight.kind === 'toast') this.#toasts = [...this.#toasts, sight.toast].slice(-KEPT);
    this.bell.ring();
    this.#onEvent(event);
  }

  get lastId(): number {
    return this.#lastId;
  }

  after(eventId: number): ChatEvent[] {
    return this.#events.filter((event) => event.eventId > eventId);
  }

  /** Answers to taps, the silent ones too, oldest first. */
  toasts(): readonly Toast[] {
    return this.#toasts;
  }
}
