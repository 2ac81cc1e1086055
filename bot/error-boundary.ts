import type { MiddlewareFn } from 'grammy';
import { NobodyKnowsError } from '../domains/account/login-service.ts';
import type { Log } from '../domains/core/log.ts';
import { factsOf } from './api-errors.ts';
import type { ArenaContext } from './arena-context.ts';
import { within } from './deadline.ts';
import type { Outbox } from './outbox/outbox.ts';
import { languageFor } from './translator.ts';

/** A handler that takes longer is given up, so that the player's next taps do not wait for it. */
const DEADLINE_MS = 20_000;

export interface BoundaryDeps {
  readonly outbox: Pick<Outbox, 'apologise'>;
  /** Told by whom it concerns, once: such an error is not logged for each update. */
  readonly isAway: (error: unknown) => boolean;
  readonly log: Log;
}

/** Whatever goes wrong below is logged once with its context, and the player gets an answer. */
export function errorBoundary({ outbox, isAway, log }: BoundaryDeps): MiddlewareFn<ArenaContext> {
  return async (ctx, next) => {
    try {
      await within(next(), DEADLINE_MS);
    } catch (error) {
      const facts = {
        updateId: ctx.update.update_id,
        userId: ctx.from?.id,
        data: ctx.callbackQuery?.data,
      };
      const away = isAway(error) || error instanceof NobodyKnowsError;
      if (!away) log.error({ ...facts, ...factsOf(error) }, 'an update could not be handled');
      if (ctx.from === undefined || ctx.chat?.type !== 'private') return;
      const manner = ctx.callbackQuery === undefined ? 'below' : 'quiet';
      const language = languageFor(ctx.from.language_code);
      void outbox.apologise(ctx.from.id, { manner, language, what: away ? 'away' : 'broken' });
    }
  };
}
