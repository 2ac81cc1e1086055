import type { MiddlewareFn } from 'grammy';
import type { Log } from '../domains/core/log.ts';
import { type Text, text } from '../domains/core/text.ts';
import { factsOf, failureOf } from './api-errors.ts';
import type { ArenaContext } from './arena-context.ts';
import { type Action, unpackAction } from './callback-data.ts';
import { within } from './deadline.ts';
import { Translator, languageFor } from './translator.ts';

export interface AcknowledgeDeps {
  /** The toast that a tap deserves before it is done; null if it is welcome. */
  readonly foresee: (userId: number, action: Action) => Promise<Text | null>;
  readonly translatorFor: (userId: number) => Promise<Translator>;
  readonly log: Log;
}

/** Telegram takes an answer for 15 s; whatever Redis does, a tap does not wait for it so long. */
const FORESIGHT_MS = 2_000;
/** Telegram's limit of a toast. */
const TOAST_LIMIT = 200;

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
    const notice = doubled ? text('bot.notice.doubled') : await noticeFor(deps, query);
    ctx.toasted = notice !== null;
    try {
      await Promise.all([answer(deps, ctx, notice), next()]);
    } finally {
      if (!doubled) underWay.delete(tap);
    }
  };
}

async function noticeFor(
  deps: AcknowledgeDeps,
  query: { readonly from: { readonly id: number }; readonly data?: string | undefined },
): Promise<Text | null> {
  const action = unpackAction(query.data ?? '');
  if (action === null) return text('bot.notice.unknown');
  try {
    return await within(deps.foresee(query.from.id, action), FORESIGHT_MS);
  } catch (error) {
    // Whatever is broken, the spinner ends; doing the tap reports the failure.
    deps.log.warn({ userId: query.from.id, ...factsOf(error) }, 'a tap could not be foreseen');
    return null;
  }
}

async function answer(
  deps: AcknowledgeDeps,
  ctx: ArenaContext,
  notice: Text | null,
): Promise<void> {
  const userId = ctx.from?.id ?? 0;
  try {
    const toast = notice === null ? null : (await translatorOf(deps, ctx)).plain(notice);
    const answered = toast === null ? {} : { text: toast.slice(0, TOAST_LIMIT) };
    await twice(() => ctx.answerCallbackQuery(answered));
  } catch (error) {
    if (failureOf(error) === 'too_late') return;
    deps.log.warn({ userId, ...factsOf(error) }, 'a tap could not be acknowledged');
  }
}

/** The chosen language, or Telegram's while it cannot be read. */
async function translatorOf(deps: AcknowledgeDeps, ctx: ArenaContext): Promise<Translator> {
  try {
    return await within(deps.translatorFor(ctx.from?.id ?? 0), FORESIGHT_MS);
  } catch {
    return new Translator(languageFor(ctx.from?.language_code), { clientTime: false });
  }
}

/** A second answer to the same tap is refused and harms nobody: so a lost one can be repeated. */
async function twice(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (failureOf(error) !== 'network') throw error;
    await call();
  }
}
