import type { ChatEvent, Toast } from '../world/chat-event-log.ts';
import type { MessageView } from '../world/message-view.ts';
import type { Person } from '../world/people-store.ts';
import type { World } from '../world/world.ts';
import { chatView, drawChat, lastScreen } from './chat-view.ts';
import type { ChatView } from './chat-view.ts';
import type { ButtonSelector } from './find-button.ts';
import { PersonError } from './person-error.ts';
import { block, deleteMessage, editMessage, say, unblock } from './person-actions.ts';
import { sendPhoto, sendSticker } from './send-media.ts';
import { tap } from './tap.ts';
import type { TapOptions, TappedButton } from './tap.ts';

// Generous, because a busy machine must not fail a test.
const DEFAULT_TIMEOUT_MS = 15_000;

export interface Tap extends TappedButton {
  /** Resolves with the bot's answer to this tap; rejects after `timeoutMs`. */
  readonly answered: (timeoutMs?: number) => Promise<Toast>;
}

/** A Telegram user with their private chat. Waiting ends with the event, without polling. */
export class SandboxPerson {
  readonly #world: World;
  readonly #person: Person;

  constructor(world: World, person: Person) {
    this.#world = world;
    this.#person = person;
  }

  /** Also the id of the private chat. */
  get id(): number {
    return this.#person.id;
  }

  get profile(): Readonly<Person> {
    return this.#person;
  }

  /** Sends a text; the first one starts the bot. Throws PersonError. */
  say(text: string, options: { readonly replyToId?: number } = {}): MessageView {
    return say(this.#world, this.#person, { text, replyToId: options.replyToId ?? null });
  }

  /** Throws PersonError for anything but one emoji. */
  sendSticker(emoji: string): MessageView {
    return sendSticker(this.#world, this.#person, emoji);
  }

  /** A PNG or a JPEG. Throws PersonError. */
  sendPhoto(bytes: Uint8Array, caption = ''): MessageView {
    return sendPhoto(this.#world, this.#person, { bytes, caption });
  }

  /** Edits a text of the person's own. Throws PersonError. */
  editMessage(messageId: number, text: string): MessageView {
    return editMessage(this.#world, this.#person, { messageId, text });
  }

  /** The next update shows the bot the changed profile. */
  change(profile: { readonly firstName?: string; readonly languageCode?: string | null }): void {
    Object.assign(this.#person, profile);
    this.#world.people.notifyChange(this.#person);
  }

  /** Taps a button of the newest message with a keyboard, or of `messageId`. Throws PersonError. */
  tap(button: ButtonSelector, options: TapOptions = {}): Tap {
    const tapped = tap(this.#world, this.#person, { button, ...options });
    const { callbackQueryId } = tapped;
    const answer = () => this.#answers().find((toast) => toast.callbackQueryId === callbackQueryId);
    const answered = (timeoutMs = DEFAULT_TIMEOUT_MS) =>
      this.#until(answer, { timeoutMs, what: `an answer to the tap on "${tapped.data}"` });
    return { ...tapped, answered };
  }

  /** Deletes a message on both sides; the bot gets no update. Throws PersonError. */
  deleteMessage(messageId: number): void {
    deleteMessage(this.#world, this.#person, messageId);
  }

  block(): void {
    block(this.#world, this.#person);
  }

  unblock(): void {
    unblock(this.#world, this.#person);
  }

  chat(): ChatView {
    return chatView(this.#world, this.#person);
  }

  /** The bot's newest message, or null. */
  lastScreen(): MessageView | null {
    return lastScreen(this.chat());
  }

  /** Answers to callback queries with a text or a link, oldest first. */
  toasts(): readonly Toast[] {
    return this.chat().toasts;
  }

  /** Events with ids above `after`, oldest first. */
  events(after = 0): ChatEvent[] {
    return this.#world.chats.eventLog(this.id).after(after);
  }

  /** Like `events`, but without any it waits for the next one, at most `timeoutMs`. */
  async nextEvents(after: number, timeoutMs: number, signal?: AbortSignal): Promise<ChatEvent[]> {
    const timeout = AbortSignal.timeout(timeoutMs);
    const end = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
    while (this.events(after).length === 0 && !end.aborted) await this.#changes.nextChange(end);
    return this.events(after);
  }

  /**
   * Resolves with the first value of `look` that is not null, undefined or false. Rejects after `timeoutMs` with a
   * PersonError that shows the chat.
   */
  waitFor<T>(
    look: (chat: ChatView) => T | null | undefined | false,
    timeoutMs = DEFAULT_TIMEOUT_MS,
  ): Promise<T> {
    return this.#until(() => look(this.chat()), { timeoutMs, what: 'what was looked for' });
  }

  async #until<T>(
    look: () => T | null | undefined | false,
    { timeoutMs, what }: { readonly timeoutMs: number; readonly what: string },
  ): Promise<T> {
    const timeout = AbortSignal.timeout(timeoutMs);
    for (;;) {
      const found = look();
      if (found !== null && found !== undefined && found !== false) return found;
      if (timeout.aborted) {
        throw new PersonError(
          `${timeoutMs} ms passed without ${what}; ${this.profile.firstName} sees:\n${drawChat(this.chat())}`,
        );
      }
      await this.#changes.nextChange(timeout);
    }
  }

  #answers(): readonly Toast[] {
    return this.#world.chats.eventLog(this.id).toasts();
  }

  get #changes() {
    return this.#world.chats.eventLog(this.id).changes;
  }
}
