import type { MiddlewareFn } from 'grammy';
import { SessionUnavailableError } from '../domains/account/login-service.ts';
import type { Log } from '../domains/core/log.ts';
import { NewerRecordError } from '../domains/core/newer-record-error.ts';
import { factsOf } from './api-errors.ts';
import type { ArenaContext } from './arena-context.ts';
import { TimeoutError } from './with-timeout.ts';
import type { ErrorKind } from './outbox/error-screen.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { Timing } from './timing.ts';
import { languageFor } from './translator.ts';
import { type WrongType, wrongTypeLogger } from './wrong-type.ts';

/** A player who waits longer for an action reads that something is wrong; the action goes on. */
const DEADLINE_MS = 20_000;
/** An outage that has not been met for so long, ms, is over: the next is told anew. */
const OVER_MS = 60_000;

export interface BoundaryDeps {
  readonly outbox: Pick<Outbox, 'showError'>;
  /** Told by whom it concerns, once: such an error is not logged for each update. */
  readonly isUnavailable: (error: unknown) => boolean;
  /** Why Redis could not do what it was asked, in a word; null if that is not what went wrong. */
  readonly redisOutageOf: (error: unknown) => string | null;
  /** Which keys hold a value of another type than ours; null if that is not what went wrong. */
  readonly wrongTypeOf: (error: unknown) => WrongType | null;
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
  readonly timing: Timing;
  readonly log: Log;
}

/**
 * Whatever goes wrong below is logged once with its context, and the player gets an answer. It ends
 * with the action and never before: the player's next update must not overtake it.
 */
export function errorBoundary(deps: BoundaryDeps): MiddlewareFn<ArenaContext> {
  const tell = teller(deps);
  return async (ctx, next) => {
    const ended = new AbortController();
    const fail = (error: unknown) => {
      apologise(deps, ctx, tell(error, factsAbout(ctx)));
    };
    void deps.timing.wait(DEADLINE_MS, ended.signal).then(() => {
      if (!ended.signal.aborted) fail(new TimeoutError(`Not done after ${DEADLINE_MS} ms`));
    });
    try {
      await next();
    } catch (error) {
      fail(error);
    } finally {
      ended.abort();
    }
  };
}

function factsAbout({ update, from, callbackQuery }: ArenaContext): Facts {
  return { updateId: update.update_id, userId: from?.id, data: callbackQuery?.data };
}

function apologise({ outbox }: BoundaryDeps, ctx: ArenaContext, kind: ErrorKind): void {
  if (ctx.from === undefined || ctx.chat?.type !== 'private') return;
  const mode = ctx.callbackQuery === undefined ? 'resend' : 'edit';
  const language = languageFor(ctx.from.language_code);
  void outbox.showError(ctx.from.id, { mode, language, kind });
}

type Facts = Readonly<Record<string, unknown>>;

/** Logs what is to be logged, and says what the player is to hear. */
function teller({ isUnavailable, redisOutageOf, wrongTypeOf, now, log }: BoundaryDeps) {
  const metAtMs = new Map<string, number>();
  const tellWrongType = wrongTypeLogger(log);
  return (error: unknown, facts: Facts): ErrorKind => {
    if (isUnavailable(error) || error instanceof SessionUnavailableError)
      return 'database_unavailable';
    // The store that met it has logged it.
    if (error instanceof NewerRecordError) return 'newer_release';
    const wrongType = wrongTypeOf(error);
    if (wrongType !== null) {
      tellWrongType(wrongType);
      return 'internal';
    }
    const reason = redisOutageOf(error);
    if (reason === null) {
      log.error({ ...facts, ...factsOf(error) }, 'an update could not be handled');
      return 'internal';
    }
    // Every tap meets an outage: one line says it, not one a tap.
    const isNew = now() - (metAtMs.get(reason) ?? -Infinity) > OVER_MS;
    metAtMs.set(reason, now());
    if (isNew)
      log.error({ ...facts, reason }, 'updates cannot be handled: Redis is away or refuses');
    return 'redis_unavailable';
  };
}
