import type { MiddlewareFn } from 'grammy';
import { type Text, text } from '../domains/core/text.ts';
import type { ArenaContext, TapAnswer } from './arena-context.ts';
import { withTimeout } from './with-timeout.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { Timing } from './timing.ts';
import { Translator, languageFor } from './translator.ts';

export interface AcknowledgeDeps {
  readonly translatorFor: (ctx: ArenaContext, userId: number) => Promise<Translator>;
  readonly outbox: Pick<Outbox, 'answer'>;
  readonly timing: Timing;
}

type Query = NonNullable<ArenaContext['callbackQuery']>;

/** An action that takes longer than this has its query answered without a toast. */
const OPEN_MS = 500;
/** A toast waits no longer than this for the reader's language. */
const LANGUAGE_MS = 2_000;

/**
 * Notes every tap before it queues behind the player's other updates, so that its query is answered
 * in time whatever the queue does. A second tap on the same button under way is not acted on.
 */
export function acknowledge(deps: AcknowledgeDeps): MiddlewareFn<ArenaContext> {
  const underWay = new Set<string>();
  return async (ctx, next) => {
    const query = ctx.callbackQuery;
    if (query === undefined) return next();
    const answer = new QueryAnswer(deps, query, () => deps.translatorFor(ctx, query.from.id));
    const tap = `${query.from.id}:${query.message?.message_id ?? ''}:${query.data ?? ''}`;
    if (underWay.has(tap)) {
      answer.showToast(text('bot.notice.doubled'));
      return answer.end();
    }
    underWay.add(tap);
    ctx.tapAnswer = answer;
    try {
      await next();
    } finally {
      underWay.delete(tap);
      await answer.end();
    }
  };
}

class QueryAnswer implements TapAnswer {
  readonly #deps: AcknowledgeDeps;
  readonly #query: Query;
  readonly #reader: () => Promise<Translator>;
  readonly #timer = new AbortController();
  #sent: Promise<void> | null = null;

  constructor(deps: AcknowledgeDeps, query: Query, reader: () => Promise<Translator>) {
    this.#deps = deps;
    this.#reader = reader;
    this.#query = query;
    void deps.timing.wait(OPEN_MS, this.#timer.signal).then(() => this.end());
  }

  /** Answers with a toast; false if the query has been answered already. */
  showToast(notice: Text): boolean {
    if (this.#sent !== null) return false;
    this.#sent = this.#toast(notice);
    this.#timer.abort();
    return true;
  }

  /** Answers without a toast unless the query has been answered; resolves once the answer is sent. */
  end(): Promise<void> {
    this.#sent ??= this.#send(null);
    this.#timer.abort();
    return this.#sent;
  }

  async #toast(notice: Text): Promise<void> {
    await this.#send((await this.#translator()).plain(notice));
  }

  #send(toast: string | null): Promise<void> {
    const { id, from } = this.#query;
    return this.#deps.outbox.answer({ queryId: id, userId: from.id }, toast);
  }

  /** The chosen language, or Telegram's while it cannot be read. */
  async #translator(): Promise<Translator> {
    const { from } = this.#query;
    try {
      return await withTimeout(this.#reader(), LANGUAGE_MS);
    } catch {
      return new Translator(languageFor(from.language_code), { clientTime: false });
    }
  }
}
