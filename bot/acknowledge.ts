import type { MiddlewareFn } from 'grammy';
import { type Text, text } from '../domains/core/text.ts';
import type { ArenaContext, TapAnswer } from './arena-context.ts';
import type { Outbox } from './outbox/outbox.ts';
import { type Timing, endWait } from './timing.ts';
import { Translator, languageFor } from './translator.ts';
import { withTimeout } from './with-timeout.ts';

export interface AcknowledgeDeps {
  readonly translatorFor: (ctx: ArenaContext, userId: number) => Promise<Translator>;
  readonly outbox: Pick<Outbox, 'answer'>;
  readonly timing: Timing;
}

type Query = NonNullable<ArenaContext['callbackQuery']>;

/** The query of a longer action is answered without a toast. */
const OPEN_MS = 500;
/** A toast waits no longer than this for the reader's language. */
const LANGUAGE_TIMEOUT_MS = 2_000;

/**
 * Starts the answer to a tap before the tap queues behind the player's other updates, so that it is
 * answered in time. A second tap on the same button is refused while the first is being handled.
 */
export function acknowledge(deps: AcknowledgeDeps): MiddlewareFn<ArenaContext> {
  const running = new Set<string>();
  return async (ctx, next) => {
    const query = ctx.callbackQuery;
    if (query === undefined) return next();
    const answer = new QueryAnswer(deps, query, () => deps.translatorFor(ctx, query.from.id));
    const tap = `${query.from.id}:${query.message?.message_id ?? ''}:${query.data ?? ''}`;
    if (running.has(tap)) {
      answer.showToast(text('bot.notice.doubled'));
      return answer.end();
    }
    running.add(tap);
    ctx.tapAnswer = answer;
    try {
      await next();
    } finally {
      running.delete(tap);
      await answer.end();
    }
  };
}

class QueryAnswer implements TapAnswer {
  readonly #deps: AcknowledgeDeps;
  readonly #query: Query;
  readonly #translatorFor: () => Promise<Translator>;
  readonly #timer = new AbortController();
  #sent: Promise<void> | null = null;

  constructor(deps: AcknowledgeDeps, query: Query, translatorFor: () => Promise<Translator>) {
    this.#deps = deps;
    this.#translatorFor = translatorFor;
    this.#query = query;
    void deps.timing.wait(OPEN_MS, this.#timer.signal).then(() => this.end());
  }

  showToast(notice: Text): boolean {
    if (this.#sent !== null) return false;
    this.#sent = this.#sendToast(notice);
    endWait(this.#timer);
    return true;
  }

  end(): Promise<void> {
    this.#sent ??= this.#send(null);
    endWait(this.#timer);
    return this.#sent;
  }

  async #sendToast(notice: Text): Promise<void> {
    await this.#send((await this.#translator()).plain(notice));
  }

  #send(toast: string | null): Promise<void> {
    const { id, from } = this.#query;
    return this.#deps.outbox.answer({ queryId: id, userId: from.id }, toast);
  }

  /** In the user's language, or in Telegram's if that cannot be read. */
  async #translator(): Promise<Translator> {
    try {
      return await withTimeout(this.#translatorFor(), LANGUAGE_TIMEOUT_MS);
    } catch {
      const { language_code: tag } = this.#query.from;
      return new Translator(languageFor(tag), { clientTime: false });
    }
  }
}
