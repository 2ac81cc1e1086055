import type { Api } from 'grammy';
import type { Log } from '../../domains/core/log.ts';
import { failureOf } from '../api-errors.ts';
import { type RenderOptions, type RenderedScreen, renderScreen } from '../screen-renderer.ts';
import { Translator } from '../translator.ts';
import type { CallLimiter, CallSignal, CallController } from './call-limiter.ts';
import type { ChatMemory, CurrentScreen } from './chat-memory.ts';
import type { PrivateChat } from './delivery-target.ts';
import type { OutboxMetrics } from './outbox-metrics.ts';
import { type QueuedScreen, isOutdated } from './queued-screen.ts';

/** What a lane knows of its chat beyond the present screen. */
export interface ChatNotes {
  readonly target: PrivateChat;
  /** Calls made, whatever came of them: each counts against the chat's pace. */
  calls: number;
  /** What the server took for the slowest of them. */
  slowestMs: number;
  /** True if this attempt has sent a message and was not answered. */
  isUnanswered: boolean;
  /** Sends without an answer while there was no screen to remember them with. */
  unanswered: number;
  /** Messages that the screen has taken the place of. */
  readonly oldMessageIds: number[];
  /** The message that has become the chat's screen by this attempt. */
  currentId: number | null;
  /** The screen may look different from what is remembered: it is written whatever it looks like. */
  isInvalid: boolean;
}

/** What became of a screen. */
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

/** Writes one screen into one chat: as an edit where it can, as a new message where it must. */
export class ScreenWriter {
  readonly #deps: WriterDeps;
  #clientTime: boolean;

  constructor(deps: WriterDeps) {
    this.#deps = deps;
    this.#clientTime = deps.clientTime;
  }

  /** One attempt; rejects as the Bot API does. `cut` breaks it off. */
  async write(
    item: QueuedScreen,
    notes: ChatNotes,
    controller: CallController,
  ): Promise<WriteResult> {
    const current = await this.#deps.memory.currentScreen(notes.target.chatId);
    // An animation moves the screen it belongs to; it never takes another's place.
    const isOut = current?.screen !== item.payload.screen;
    if (item.priority === 'ambient' && isOut) return 'skipped';
    // Another process was quicker, and knows more.
    const isLate = current !== null && isOutdated(item, current);
    if (isLate && item.mode === 'edit') return 'unchanged';
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
    if (current === null || item.mode !== 'edit') return this.#send(draft);
    if (current.digest === screen.digest && !notes.isInvalid) return 'unchanged';
    return this.#edit(draft, current);
  }

  async #edit(draft: Draft, present: CurrentScreen): Promise<WriteResult> {
    if (!(await this.#tryEdit(draft, present.messageId))) return this.#send(draft);
    await this.#remember(draft, present.messageId);
    return 'edited';
  }

  /** False if there is no such message to edit. A message that already looks so counts as edited. */
  async #tryEdit({ item, notes, screen, controller }: Draft, messageId: number): Promise<boolean> {
    const { api } = this.#deps;
    const options = { parse_mode: 'HTML', reply_markup: screen.keyboard } as const;
    try {
      await this.#call({ item, notes, controller }, (signal) =>
        api.editMessageText(notes.target.chatId, messageId, screen.html, options, signal),
      );
    } catch (error) {
      const failure = failureOf(error);
      if (failure === 'gone') return false;
      if (failure === 'unknown') notes.isInvalid = true;
      if (failure !== 'not_modified') throw error;
    }
    return true;
  }

  async #send(draft: Draft): Promise<WriteResult> {
    const { notes, current } = draft;
    const messageId = await this.#sendMessage(draft);
    await this.#remember(draft, messageId);
    if (current !== null) notes.oldMessageIds.push(current.messageId);
    return 'sent';
  }

  async #sendMessage(draft: Draft): Promise<number> {
    const { item, notes, screen } = draft;
    const isSilent = item.mode !== 'notify';
    const look = { parse_mode: 'HTML', reply_markup: screen.keyboard } as const;
    const options = { ...look, disable_notification: isSilent };
    try {
      const sent = await this.#call(draft, (signal) =>
        this.#deps.api.sendMessage(notes.target.chatId, screen.html, options, signal),
      );
      return sent.message_id;
    } catch (error) {
      if (failureOf(error) === 'unknown') await this.#noteUnanswered(draft);
      throw error;
    }
  }

  /** The message may have arrived; a process that receives a tap on it must know that. */
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
    { item, notes, controller }: Pick<Draft, 'item' | 'notes' | 'controller'>,
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
    const shown = { digest: screen.digest, screen: name, state, asks, asOfMs: item.asOfMs };
    await this.#deps.memory.remember(notes.target.chatId, { messageId, ...shown, unanswered });
  }

  async #render(
    { payload, ...to }: QueuedScreen,
    { userId }: PrivateChat,
  ): Promise<RenderedScreen> {
    const language = to.readerLanguage ?? (await this.#deps.memory.language(userId, to.language));
    const translator = new Translator(language, { clientTime: this.#clientTime });
    return renderScreen(payload, { translator, pack: this.#deps.pack });
  }

  #disableClientTime(): void {
    if (!this.#clientTime) return;
    this.#clientTime = false;
    this.#deps.log.warn(
      {},
      'this Bot API server does not know <tg-time>: times are shown as text from now on',
    );
  }
}
