import type { Context, MiddlewareFn } from 'grammy';
import { text } from '../domains/core/text.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { Timing } from './timing.ts';
import { Translator, languageFor } from './translator.ts';

type Answers = Pick<Outbox, 'answer'>;

const MAX_PENDING = 20;
/** What a user sends who floods stays pending for so long after it has been handled. */
const FLOOD_PAUSE_MS = 1_000;
/** More refusals in a row than this are not answered. */
const MAX_REFUSALS = 1_000;

interface Sender {
  pending: number;
  /** True from a refusal until nothing is pending. */
  isFlooding: boolean;
}

/**
 * Drops what a user sends while 20 of their updates are pending: a flood of one user must not use up
 * the updates that are handled at once. Of a flood, 20 updates a second are handled. Comes before
 * everything that waits.
 */
export function limitPending(outbox: Answers, timing: Timing): MiddlewareFn {
  const senders = new Map<number, Sender>();
  const refuse = tapRefuser(outbox);
  const release = (userId: number, sender: Sender) => {
    sender.pending -= 1;
    if (sender.pending === 0) senders.delete(userId);
  };
  return async (ctx, next) => {
    const userId = ctx.from?.id;
    if (userId === undefined) return next();
    const sender = senders.get(userId) ?? { pending: 0, isFlooding: false };
    senders.set(userId, sender);
    if (sender.pending >= MAX_PENDING) {
      sender.isFlooding = true;
      refuse(ctx);
      return;
    }
    sender.pending += 1;
    try {
      await next();
    } finally {
      if (!sender.isFlooding) release(userId, sender);
      else
        void timing.wait(FLOOD_PAUSE_MS).then(() => {
          release(userId, sender);
        });
    }
  };
}

/** Answers refused taps, one at a time per user, in Telegram's language: it reads no store. */
function tapRefuser(outbox: Answers): (ctx: Context) => void {
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
