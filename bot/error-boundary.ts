import type { MiddlewareFn } from 'grammy';
import { SessionUnavailableError } from '../domains/account/login-service.ts';
import type { Log } from '../domains/core/log.ts';
import { LogOnce } from '../domains/core/log-once.ts';
import { NewerRecordError } from '../domains/core/newer-record-error.ts';
import type { ArenaContext } from './arena-context.ts';
import type { BotDeps, WrongType } from './bot-deps.ts';
import { type ErrorKind, errorScreen } from './outbox/error-screen.ts';
import type { Outbox } from './outbox/outbox.ts';
import { type Timing, endWait } from './timing.ts';
import { languageFor } from './translator.ts';
import { TimeoutError } from './with-timeout.ts';

/** After this time the player sees an error; the action itself goes on. */
const TIMEOUT_MS = 20_000;
/** An outage is logged again if it recurs after this time. */
const OUTAGE_OVER_MS = 60_000;

type OutageDeps = Pick<BotDeps, 'isUnavailable' | 'redisOutageOf' | 'wrongTypeOf' | 'log'>;

export interface BoundaryDeps extends OutageDeps {
  readonly outbox: Pick<Outbox, 'show'>;
  readonly timing: Timing;
}

type Facts = Readonly<Record<string, unknown>>;

/**
 * Logs whatever fails below and shows the player an error. It ends with the action, also after a
 * timeout: the player's next update must not overtake it.
 */
export function errorBoundary(deps: BoundaryDeps): MiddlewareFn<ArenaContext> {
  const report = errorReporter(deps);
  return async (ctx, next) => {
    const ended = new AbortController();
    const fail = (error: unknown) => {
      showError(deps, ctx, report(error, factsAbout(ctx)));
    };
    void deps.timing.wait(TIMEOUT_MS, ended.signal).then(() => {
      if (!ended.signal.aborted) fail(new TimeoutError(`timeout after ${TIMEOUT_MS} ms`));
    });
    try {
      await next();
    } catch (error) {
      fail(error);
    } finally {
      endWait(ended);
    }
  };
}

function factsAbout({ update, from, callbackQuery }: ArenaContext): Facts {
  return { updateId: update.update_id, userId: from?.id, data: callbackQuery?.data };
}

function showError({ outbox }: BoundaryDeps, ctx: ArenaContext, kind: ErrorKind): void {
  if (ctx.from === undefined || ctx.chat?.type !== 'private') return;
  const mode = ctx.callbackQuery === undefined ? 'resend' : 'edit';
  const language = languageFor(ctx.from.language_code);
  void outbox.show(ctx.from.id, errorScreen(kind), { mode, language });
}

/** Logs an error unless that has been done elsewhere, and classifies it. */
function errorReporter(deps: BoundaryDeps) {
  const { isUnavailable, redisOutageOf, wrongTypeOf, timing, log } = deps;
  const seenAtMs = new Map<string, number>();
  const logWrongType = wrongTypeLogger(log);
  return (error: unknown, facts: Facts): ErrorKind => {
    // The circuit breaker, or the store that found the newer record, has logged it.
    if (isUnavailable(error) || error instanceof SessionUnavailableError)
      return 'database_unavailable';
    if (error instanceof NewerRecordError) return 'newer_release';
    const wrongType = wrongTypeOf(error);
    if (wrongType !== null) {
      logWrongType(wrongType);
      return 'internal';
    }
    const reason = redisOutageOf(error);
    if (reason === null) {
      log.error({ ...facts, err: error }, 'update handling failed');
      return 'internal';
    }
    // Every tap fails during an outage: it is logged once.
    const isNew = timing.now() - (seenAtMs.get(reason) ?? -Infinity) > OUTAGE_OVER_MS;
    seenAtMs.set(reason, timing.now());
    if (isNew) log.error({ ...facts, reason }, 'update handling failed: redis unavailable');
    return 'redis_unavailable';
  };
}

/**
 * Logs a wrong type once, although every tap meets it. Only one of the keys that a script names has
 * the wrong type: a command that shares a key with a logged one is not logged again.
 */
function wrongTypeLogger(log: Log): (wrong: WrongType) => void {
  const logged = new LogOnce();
  return ({ keys, command, cure }) => {
    const names = keys.length === 0 ? [command] : keys;
    const areNew = names.map((name) => logged.isFirst(name));
    const [key, ...more] = keys;
    const where = more.length === 0 ? { key } : { keys };
    if (!areNew.includes(false)) log.error({ ...where, command, cure }, 'wrong type in Redis');
  };
}
