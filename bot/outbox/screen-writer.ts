import type { Api } from 'grammy';
import type { Log } from '../../domains/core/log.ts';
import type { UiPayload } from '../../domains/core/ui-payload.ts';
import { failureOf } from '../api-errors.ts';
import { type RenderOptions, type RenderedScreen, renderScreen } from '../screen-renderer.ts';
import { Translator } from '../translator.ts';
import type { CallLimiter, CallSignal, CallController } from './call-limiter.ts';
import type { ChatMemory, CurrentScreen } from './chat-memory.ts';
import type { PrivateChat } from './delivery-target.ts';
import type { OutboxMetrics } from './outbox-metrics.ts';
import { type QueuedScreen, isOutdated } from './queued-screen.ts';

/** What a chat's queue passes to an attempt, and what the attempt reports back. */
export interface ChatNotes {
  readonly target: PrivateChat;
  /** Calls made, failed ones included: each counts against the chat's rate limit. */
  calls: number;
  slowestMs: number;
  /** True if this attempt has sent a message and got no response. */
  isUnanswered: boolean;
  /** Sends without a response while there was no screen to remember them with. */
  unanswered: number;
  /** Messages that are no longer the current screen. */
  readonly oldMessageIds: number[];
  /** The message that this attempt has made the current screen. */
  currentId: number | null;
  /** The chat may show something else than remembered: the screen is written in any case. */
  isInvalid: boolean;
}

export type WriteResult = 'sent' | 'edited' | 'unchanged' | 'skipped';

export interface WriterDeps {
  readonly api: Api;
  readonly limiter: CallLimiter;
  readonly memory: ChatMemory;
  readonly metrics: OutboxMetrics;
  readonly log: Log;
  readonly clientTime: boolean;
  readonly pack: RenderOptions['pack'];
}

interface Draft {
  readonly item: QueuedScreen;
  readonly notes: ChatNotes;
  readonly screen: RenderedScreen;
  readonly current: CurrentScreen | null;
  readonly controller: CallController;
}

/** Writes one screen into one chat: edits the current message, or sends a new one. */
export class ScreenWriter {
  readonly #deps: WriterDeps;
  #clientTime: boolean;

  constructor(deps: WriterDeps) {
    this.#deps = deps;
    this.#clientTime = deps.clientTime;
  }

  /** One attempt; rejects with the Bot API's error. */
  async write(
    item: QueuedScreen,
    notes: ChatNotes,
    controller: CallController,
  ): Promise<WriteResult> {
    const current = await this.#deps.memory.currentScreen(notes.target.chatId);
    // An animation only changes the screen it belongs to.
    if (item.priority === 'ambient' && !isOfScreen(item.payload, current)) return 'skipped';
    // Another process has shown a newer state; only the sound of a match is worth an older one.
    const isLate = current !== null && isOutdated(item, current);
    if (isLate && item.mode !== 'notify') return 'unchanged';
    const clientTime = this.#clientTime;
    try {
      const screen = await this.#render(item, notes.target);
      return await this.#place({ item, notes, current, screen, controller });
    } catch (error) {
      if (failureOf(error) !== 'unknown_markup' || !clientTime) throw error;
      this.#disableClientTime();
      return this.write(item, notes, controller);
    }
  }

  async #place(draft: Draft): Promise<WriteResult> {
    const { item, notes, current, screen } = draft;
    if (current !== null && item.mode === 'edit') {
      if (current.digest === screen.digest && !notes.isInvalid) return 'unchanged';
      if (await this.#edit(draft, current.messageId)) return 'edited';
    }
    await this.#send(draft);
    if (current !== null) notes.oldMessageIds.push(current.messageId);
    return 'sent';
  }

  /** False if there is no such message to edit. */
  async #edit(draft: Draft, messageId: number): Promise<boolean> {
    const { notes, screen } = draft;
    const options = { parse_mode: 'HTML', reply_markup: screen.keyboard } as const;
    try {
      await this.#call(draft, (signal) =>
        this.#deps.api.editMessageText(
          notes.target.chatId,
          messageId,
          screen.html,
          options,
          signal,
        ),
      );
    } catch (error) {
      const failure = failureOf(error);
      if (failure === 'gone') return false;
      if (failure === 'unknown') notes.isInvalid = true;
      if (failure !== 'not_modified') throw error;
    }
    await this.#remember(draft, messageId);
    return true;
  }

  async #send(draft: Draft): Promise<void> {
    const { item, notes, screen } = draft;
    const look = { parse_mode: 'HTML', reply_markup: screen.keyboard } as const;
    const options = { ...look, disable_notification: item.mode !== 'notify' };
    try {
      const sent = await this.#call(draft, (signal) =>
        this.#deps.api.sendMessage(notes.target.chatId, screen.html, options, signal),
      );
      await this.#remember(draft, sent.message_id);
    } catch (error) {
      if (failureOf(error) === 'unknown') await this.#noteUnanswered(draft);
      throw error;
    }
  }

  /** The message may have arrived; any process that receives a tap on it must know that. */
  async #noteUnanswered({ notes, current }: Draft): Promise<void> {
    this.#deps.metrics.unanswered += 1;
    notes.isUnanswered = true;
    if (current === null) {
      notes.unanswered += 1;
      return;
    }
    const unanswered = current.unanswered + 1;
    await this.#deps.memory.remember(notes.target.chatId, { ...current, unanswered });
  }

  #call<T>(
    { item, notes, controller }: Draft,
    call: (signal: CallSignal) => Promise<T>,
  ): Promise<T> {
    notes.calls += 1;
    const onDuration = (ms: number) => {
      notes.slowestMs = Math.max(notes.slowestMs, ms);
    };
    return this.#deps.limiter.run(item.priority, call, { controller, onDuration });
  }

  async #remember({ item, notes, screen, current }: Draft, messageId: number): Promise<void> {
    const unanswered = (current?.unanswered ?? 0) + notes.unanswered;
    notes.isInvalid = false;
    notes.currentId = messageId;
    notes.unanswered = 0;
    const { screen: name, state = null, asks = null } = item.payload;
    if (item.payload.isLast === true) return this.#deps.memory.forget(notes.target.chatId);
    const shown = { digest: screen.digest, screen: name, state, asks, asOfMs: item.asOfMs };
    await this.#deps.memory.remember(notes.target.chatId, { messageId, ...shown, unanswered });
  }

  async #render(
    { payload, readerLanguage, language: hint }: QueuedScreen,
    { userId }: PrivateChat,
  ): Promise<RenderedScreen> {
    const language = readerLanguage ?? (await this.#deps.memory.language(userId, hint));
    const translator = new Translator(language, { clientTime: this.#clientTime });
    return renderScreen(payload, { translator, pack: this.#deps.pack });
  }

  #disableClientTime(): void {
    if (!this.#clientTime) return;
    this.#clientTime = false;
    this.#deps.log.warn({}, 'tg-time unsupported by the Bot API server');
  }
}

function isOfScreen({ screen, state }: UiPayload, current: CurrentScreen | null): boolean {
  return current?.screen === screen && current.state?.of === state?.of;
}
