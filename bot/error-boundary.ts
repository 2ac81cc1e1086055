import type { MiddlewareFn } from 'grammy';
import { NobodyKnowsError } from '../domains/account/login-service.ts';
import type { Log } from '../domains/core/log.ts';
import { NewerRecordError } from '../domains/core/newer-record-error.ts';
import { factsOf } from './api-errors.ts';
import type { ArenaContext } from './arena-context.ts';
import { within } from './deadline.ts';
import type { Trouble } from './outbox/apology.ts';
import type { Outbox } from './outbox/outbox.ts';
import { languageFor } from './translator.ts';
import { type WrongType, wrongTypeTeller } from './wrong-type.ts';

/** A handler that takes longer is given up, so that the player's next taps do not wait for it. */
const DEADLINE_MS = 20_000;
/** An outage that has not been met for so long, ms, is over: the next is told anew. */
const OVER_MS = 60_000;

export interface BoundaryDeps {
  readonly outbox: Pick<Outbox, 'apologise'>;
  /** Told by whom it concerns, once: such an error is not logged for each update. */
  readonly isAway: (error: unknown) => boolean;
  /** Why Redis could not do what it was asked, in a word; null if that is not what went wrong. */
  readonly redisOutageOf: (error: unknown) => string | null;
  /** Which keys hold a value of another type than ours; null if that is not what went wrong. */
  readonly wrongTypeOf: (error: unknown) => WrongType | null;
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
  readonly log: Log;
}

/** Whatever goes wrong below is logged once with its context, and the player gets an answer. */
export function errorBoundary(deps: BoundaryDeps): MiddlewareFn<ArenaContext> {
  const tell = teller(deps);
  return async (ctx, next) => {
    try {
      await within(next(), DEADLINE_MS);
    } catch (error) {
      const what = tell(error, {
        updateId: ctx.update.update_id,
        userId: ctx.from?.id,
        data: ctx.callbackQuery?.data,
      });
      if (ctx.from === undefined || ctx.chat?.type !== 'private') return;
      const manner = ctx.callbackQuery === undefined ? 'below' : 'quiet';
      const language = languageFor(ctx.from.language_code);
      void deps.outbox.apologise(ctx.from.id, { manner, language, what });
    }
  };
}

type Facts = Readonly<Record<string, unknown>>;

/** Logs what is to be logged, and says what the player is to hear. */
function teller({ isAway, redisOutageOf, wrongTypeOf, now, log }: BoundaryDeps) {
  const metAtMs = new Map<string, number>();
  const tellWrongType = wrongTypeTeller(log);
  return (error: unknown, facts: Facts): Trouble => {
    if (isAway(error) || error instanceof NobodyKnowsError) return 'away';
    // The store that met it has logged it.
    if (error instanceof NewerRecordError) return 'updating';
    const wrongType = wrongTypeOf(error);
    if (wrongType !== null) {
      tellWrongType(wrongType);
      return 'broken';
    }
    const reason = redisOutageOf(error);
    if (reason === null) {
      log.error({ ...facts, ...factsOf(error) }, 'an update could not be handled');
      return 'broken';
    }
    // Every tap meets an outage: one line says it, not one a tap.
    const isNew = now() - (metAtMs.get(reason) ?? -Infinity) > OVER_MS;
    metAtMs.set(reason, now());
    if (isNew)
      log.error({ ...facts, reason }, 'updates cannot be handled: Redis is away or refuses');
    return 'resting';
  };
}
