import type { MiddlewareFn } from 'grammy';
import { type Text, text } from '../domains/core/text.ts';
import type { ArenaContext } from './arena-context.ts';
import { type Action, unpackAction } from './callback-data.ts';
import { within } from './deadline.ts';
import type { Outbox } from './outbox/outbox.ts';
import { Translator, languageFor } from './translator.ts';

export interface AcknowledgeDeps {
  /** The toast that a tap deserves before it is done; null if it is welcome. */
  readonly foresee: (userId: number, action: Action) => Promise<Text | null>;
  readonly translatorFor: (userId: number) => Promise<Translator>;
  readonly outbox: Pick<Outbox, 'answer'>;
}

const doubledNotice: Text | null = text('bot.notice.doubled');
/** Telegram takes an answer for 15 s; whatever Redis does, a tap does not wait for it so long. */
const FORESIGHT_MS = 2_000;

/**
 * Answers every tap before it queues behind the player's other updates: the spinner ends at once,
 * and a stale, doubled or forged tap gets its toast. What the tap does comes after.
 */
export function acknowledge(deps: AcknowledgeDeps): MiddlewareFn<ArenaContext> {
  const underWay = new Set<string>();
  return async (ctx, next) => {
    const query = ctx.callbackQuery;
    if (query === undefined) return next();
    const tap = `${query.from.id}:${query.data ?? ''}`;
    const doubled = underWay.has(tap);
    if (!doubled) underWay.add(tap);
    const notice = doubled ? Promise.resolve(doubledNotice) : noticeFor(deps, query);
    ctx.toasted = notice.then((toast) => toast !== null);
    try {
      // Next at once: what the player does after this tap must not overtake it while it is foreseen.
      await Promise.all([notice.then((toast) => answer(deps, query, toast)), next()]);
    } finally {
      if (!doubled) underWay.delete(tap);
    }
  };
}

type Query = NonNullable<ArenaContext['callbackQuery']>;

async function noticeFor(deps: AcknowledgeDeps, query: Query): Promise<Text | null> {
  const action = unpackAction(query.data ?? '');
  if (action === null) return text('bot.notice.unknown');
  try {
    return await within(deps.foresee(query.from.id, action), FORESIGHT_MS);
  } catch {
    // Whatever is broken, the spinner ends; doing the tap reports the failure.
    return null;
  }
}

async function answer(deps: AcknowledgeDeps, query: Query, notice: Text | null): Promise<void> {
  const toast = notice === null ? null : (await translatorOf(deps, query)).plain(notice);
  await deps.outbox.answer({ queryId: query.id, userId: query.from.id }, toast);
}

/** The chosen language, or Telegram's while it cannot be read. */
async function translatorOf(deps: AcknowledgeDeps, { from }: Query): Promise<Translator> {
  try {
    return await within(deps.translatorFor(from.id), FORESIGHT_MS);
  } catch {
    return new Translator(languageFor(from.language_code), { clientTime: false });
  }
}
