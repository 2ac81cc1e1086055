import type { Api } from 'grammy';
import type { Log } from '../../domains/core/log.ts';
import { failureOf } from '../api-errors.ts';
import { type RenderOptions, type RenderedScreen, renderScreen } from '../screen-renderer.ts';
import { Translator } from '../translator.ts';
import type { CallGate, CallSignal, Cut } from './call-gate.ts';
import type { ChatMemory, Present } from './chat-memory.ts';
import type { PrivateChat } from './delivery-target.ts';
import type { Figures } from './figures.ts';
import { type Item, isOutdated } from './item.ts';

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
  readonly leftovers: number[];
  /** The message that has become the chat's screen by this attempt. */
  presentId: number | null;
  /** The screen may look different from what is remembered: it is written whatever it looks like. */
  isSpoilt: boolean;
}

/** What became of a screen. */
export type Written = 'sent' | 'edited' | 'unchanged' | 'yielded';

export interface WriterDeps {
  readonly api: Api;
  readonly gate: CallGate;
  readonly memory: ChatMemory;
  readonly figures: Figures;
  readonly log: Log;
  readonly clientTime: boolean;
  readonly pack: RenderOptions['pack'];
}

interface Draft {
  readonly item: Item;
  readonly notes: ChatNotes;
  readonly screen: RenderedScreen;
  readonly present: Present | null;
  readonly cut: Cut;
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
  async write(item: Item, notes: ChatNotes, cut: Cut): Promise<Written> {
    const present = await this.#deps.memory.present(notes.target.chatId);
    // An animation moves the screen it belongs to; it never takes another's place.
    const isOut = present?.screen !== item.payload.screen;
    if (item.urgency === 'ambient' && isOut) return 'yielded';
    // Another process was quicker, and knows more.
    const isLate = present !== null && isOutdated(item, present);
    if (isLate && item.manner === 'quiet') return 'unchanged';
    const clientTime = this.#clientTime;
    try {
      const screen = await this.#render(item, notes.target);
      return await this.#place({ item, notes, present, screen, cut });
    } catch (error) {
      if (failureOf(error) !== 'unknown_markup' || !clientTime) throw error;
      this.#doWithoutClientTime();
      return this.write(item, notes, cut);
    }
  }

  async #place(draft: Draft): Promise<Written> {
    const { item, notes, present, screen } = draft;
    if (present === null || item.manner !== 'quiet') return this.#send(draft);
    if (present.digest === screen.digest && !notes.isSpoilt) return 'unchanged';
    return this.#edit(draft, present);
  }

  async #edit(draft: Draft, present: Present): Promise<Written> {
    if (!(await this.#tryEdit(draft, present.messageId))) return this.#send(draft);
    await this.#remember(draft, present.messageId);
    return 'edited';
  }

  /** False if there is no such message to edit. A message that already looks so counts as edited. */
  async #tryEdit({ item, notes, screen, cut }: Draft, messageId: number): Promise<boolean> {
    const { api } = this.#deps;
    const options = { parse_mode: 'HTML', reply_markup: screen.keyboard } as const;
    try {
      await this.#call({ item, notes, cut }, (signal) =>
        api.editMessageText(notes.target.chatId, messageId, screen.html, options, signal),
      );
    } catch (error) {
      const failure = failureOf(error);
      if (failure === 'gone') return false;
      if (failure === 'unknown') notes.isSpoilt = true;
      if (failure !== 'not_modified') throw error;
    }
    return true;
  }

  async #send(draft: Draft): Promise<Written> {
    const { notes, present } = draft;
    const messageId = await this.#sendMessage(draft);
    await this.#remember(draft, messageId);
    if (present !== null) notes.leftovers.push(present.messageId);
    return 'sent';
  }

  async #sendMessage(draft: Draft): Promise<number> {
    const { item, notes, screen } = draft;
    const isSilent = item.manner !== 'fresh';
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
  async #noteUnanswered({ notes, present }: Draft): Promise<void> {
    this.#deps.figures.unanswered += 1;
    notes.isUnanswered = true;
    if (present === null) {
      notes.unanswered += 1;
      return;
    }
    const unanswered = present.unanswered + 1;
    await this.#deps.memory.remember(notes.target.chatId, { ...present, unanswered });
  }

  #call<T>(
    { item, notes, cut }: Pick<Draft, 'item' | 'notes' | 'cut'>,
    call: (signal: CallSignal) => Promise<T>,
  ): Promise<T> {
    notes.calls += 1;
    const took = (ms: number) => {
      notes.slowestMs = Math.max(notes.slowestMs, ms);
    };
    return this.#deps.gate.run(item.urgency, call, { cut, took });
  }

  async #remember({ item, notes, screen, present }: Draft, messageId: number): Promise<void> {
    const unanswered = (present?.unanswered ?? 0) + notes.unanswered;
    notes.isSpoilt = false;
    notes.presentId = messageId;
    notes.unanswered = 0;
    const { screen: name, state = null, asks = null } = item.payload;
    const shown = { digest: screen.digest, screen: name, state, asks, asOfMs: item.asOfMs };
    await this.#deps.memory.remember(notes.target.chatId, { messageId, ...shown, unanswered });
  }

  async #render({ payload, ...to }: Item, { userId }: PrivateChat): Promise<RenderedScreen> {
    const language = to.reader ?? (await this.#deps.memory.language(userId, to.language));
    const translator = new Translator(language, { clientTime: this.#clientTime });
    return renderScreen(payload, { translator, pack: this.#deps.pack });
  }

  #doWithoutClientTime(): void {
    if (!this.#clientTime) return;
    this.#clientTime = false;
    this.#deps.log.warn(
      {},
      'this Bot API server does not know <tg-time>: times are shown as text from now on',
    );
  }
}
