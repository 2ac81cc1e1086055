import type { Api } from 'grammy';
import type { Log } from '../../domains/core/log.ts';
import { failureOf } from '../api-errors.ts';
import { type RenderedScreen, renderScreen } from '../screen-renderer.ts';
import { Translator } from '../translator.ts';
import type { CallGate, CallSignal, Cut } from './call-gate.ts';
import type { ChatMemory, Present } from './chat-memory.ts';
import type { Figures } from './figures.ts';
import { type Item, isOutdated } from './item.ts';
import { LostMessage } from './lost-message.ts';
import type { MessageIds } from './message-ids.ts';

/** What a lane knows of its chat beyond the present screen. */
export interface ChatNotes {
  readonly chatId: number;
  /** Calls made, whatever came of them: each counts against the chat's pace. */
  calls: number;
  /** What the server took for the slowest of them. */
  slowestMs: number;
  /** A message that may have arrived: looked for before another is sent. */
  doubt: LostMessage | null;
  /** Messages that the screen has taken the place of, and one that may be there all the same. */
  readonly leftovers: (number | LostMessage)[];
  /** The message that has become the chat's screen by this attempt. */
  presentId: number | null;
  /** The screen may look different from what is remembered: it is written whatever it looks like. */
  isSpoilt: boolean;
}

/** What became of a screen. */
export type Written = 'sent' | 'edited' | 'unchanged' | 'yielded';

/** So many ids are tried while the player waits for his screen; the others after. */
const NEAR = 3;

export interface WriterDeps {
  readonly api: Api;
  readonly gate: CallGate;
  readonly memory: ChatMemory;
  readonly ids: MessageIds;
  readonly figures: Figures;
  readonly log: Log;
  readonly clientTime: boolean;
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
    const present = await this.#deps.memory.present(notes.chatId);
    if (present !== null) this.#deps.ids.note(present.messageId);
    // An animation moves the screen it belongs to; it never takes another's place.
    const isOut = present?.screen !== item.payload.screen || notes.doubt !== null;
    if (item.urgency === 'ambient' && isOut) return 'yielded';
    // Another process was quicker, and knows more.
    const isLate = present !== null && isOutdated(item, present);
    if (isLate && item.manner === 'quiet') return 'unchanged';
    const clientTime = this.#clientTime;
    try {
      const screen = await this.#render(item, notes.chatId);
      return await this.#place({ item, notes, present, screen, cut });
    } catch (error) {
      if (failureOf(error) !== 'unknown_markup' || !clientTime) throw error;
      this.#doWithoutClientTime();
      return this.write(item, notes, cut);
    }
  }

  async #place(draft: Draft): Promise<Written> {
    const { item, notes, present, screen } = draft;
    if (notes.doubt !== null) return this.#settle(draft, notes.doubt);
    if (present === null || item.manner !== 'quiet') return this.#send(draft);
    if (present.digest === screen.digest && !notes.isSpoilt) return 'unchanged';
    return this.#edit(draft, present);
  }

  /** A message that a send without an answer may have left is looked for before another is sent. */
  async #settle(draft: Draft, lost: LostMessage): Promise<Written> {
    const { item, notes, present } = draft;
    const possible = lost.candidates(this.#deps.ids);
    const near = possible?.slice(0, NEAR) ?? [];
    for (const messageId of near) {
      if (await this.#tryEdit(draft, messageId)) return this.#adopt(draft, lost, messageId);
      lost.ruleOut(messageId);
    }
    notes.doubt = null;
    // It may be anywhere. If it arrived it has made its sound; until it is found or tapped, an edit
    // of the present screen harms nobody.
    const isAnywhere = possible === null && present !== null && lost.wasHeardFor(item);
    if (possible === null || possible.length > near.length) notes.leftovers.push(lost);
    return isAnywhere ? this.#edit(draft, present) : this.#send(draft);
  }

  /**
   * The lost message is found and is the chat's screen now; unless it made no sound and should have,
   * or the player has written something below it.
   */
  async #adopt(draft: Draft, lost: LostMessage, messageId: number): Promise<Written> {
    const { item, notes, present } = draft;
    this.#deps.figures.found += 1;
    notes.doubt = null;
    await this.#remember(draft, messageId);
    if (present !== null && present.messageId !== messageId)
      notes.leftovers.push(present.messageId);
    const isHeard = lost.wasHeardFor(item);
    const isInPlace = !item.isAtEnd || item.bornMs === lost.item.bornMs;
    if (isHeard && isInPlace) return 'sent';
    const found = await this.#deps.memory.present(notes.chatId);
    const again = isHeard ? { ...item, manner: 'below' as const } : item;
    return this.#send({ ...draft, item: again, present: found });
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
        api.editMessageText(notes.chatId, messageId, screen.html, options, signal),
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
    const { item, notes, screen, present } = draft;
    const messageId = await this.#sendMessage(draft, (signal) =>
      this.#deps.api.sendMessage(
        notes.chatId,
        screen.html,
        {
          parse_mode: 'HTML',
          reply_markup: screen.keyboard,
          disable_notification: item.manner !== 'fresh',
        },
        signal,
      ),
    );
    this.#deps.ids.note(messageId);
    await this.#remember(draft, messageId);
    if (present !== null) notes.leftovers.push(present.messageId);
    return 'sent';
  }

  async #sendMessage(
    { item, notes, cut }: Draft,
    send: (signal: CallSignal) => Promise<{ readonly message_id: number }>,
  ): Promise<number> {
    const since = this.#deps.ids.newest;
    try {
      return (await this.#call({ item, notes, cut }, send)).message_id;
    } catch (error) {
      const range = { since, until: this.#deps.ids.newest };
      if (failureOf(error) === 'unknown') notes.doubt = new LostMessage(range, item);
      throw error;
    }
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

  async #remember({ item, notes, screen }: Draft, messageId: number): Promise<void> {
    notes.isSpoilt = false;
    notes.presentId = messageId;
    const { digest } = screen;
    const { screen: name, state = null, asks = null } = item.payload;
    const present = { messageId, digest, screen: name, state, asks, asOfMs: item.asOfMs };
    await this.#deps.memory.remember(notes.chatId, present);
  }

  async #render({ payload, ...to }: Item, chatId: number): Promise<RenderedScreen> {
    const language = to.reader ?? (await this.#deps.memory.language(chatId, to.language));
    return renderScreen(payload, new Translator(language, { clientTime: this.#clientTime }));
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
