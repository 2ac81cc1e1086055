import type { MiddlewareFn } from 'grammy';
import { text } from '../domains/core/text.ts';
import type { ArenaContext } from './arena-context.ts';
import type { Outbox } from './outbox/outbox.ts';
import { Translator, languageFor } from './translator.ts';

type Answers = Pick<Outbox, 'answer'>;

const MAX_PENDING = 20;
/** More refusals in a row than this are not answered. */
const MAX_REFUSALS = 1_000;

/**
 * Drops what a user sends while 20 of their updates are pending: a flood of one user must not use up
 * the updates that are handled at once. Comes before everything that waits.
 */
export function limitPending(outbox: Answers): MiddlewareFn<ArenaContext> {
  const pending = new Map<number, number>();
  const refuse = tapRefuser(outbox);
  return async (ctx, next) => {
    const userId = ctx.from?.id;
    if (userId === undefined) return next();
    const count = pending.get(userId) ?? 0;
    if (count >= MAX_PENDING) {
      refuse(ctx);
      return;
    }
    pending.set(userId, count + 1);
    try {
      await next();
    } finally {
      const left = (pending.get(userId) ?? 1) - 1;
      if (left === 0) pending.delete(userId);
      else pending.set(userId, left);
    }
  };
}

/** Answers refused taps, one at a time per user, in Telegram's language: it reads no store. */
function tapRefuser(outbox: Answers): (ctx: ArenaContext) => void {
  const refused = new Map<number, string[]>();
  const answerAll = async (userId: number, queryIds: readonly string[], toast: string) => {
    // Those that are added meanwhile are answered as well.
    for (const queryId of queryIds) await outbox.answer({ queryId, userId }, toast);
    refused.delete(userId);
  };
  return ({ callbackQuery: query }) => {
    if (query === undefined) return;
    const { id, from } = query;
    const known = refused.get(from.id);
    if (known !== undefined) {
      if (known.length < MAX_REFUSALS) known.push(id);
      return;
    }
    const queryIds = [id];
    refused.set(from.id, queryIds);
    const translator = new Translator(languageFor(from.language_code), { clientTime: false });
    void answerAll(from.id, queryIds, translator.plain(text('bot.notice.doubled')));
  };
}
