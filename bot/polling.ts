import { run } from '@grammyjs/runner';
import { AbortController as CallController } from 'abort-controller';
import { type Bot, GrammyError } from 'grammy';
import type { Log } from '../domains/core/log.ts';
import type { ArenaContext } from './arena-context.ts';
import { factsOf } from './api-errors.ts';
import { Liveness } from './liveness.ts';
import { type Timing, systemTiming } from './timing.ts';
import type { Updates } from './updates.ts';
import { withTimeout } from './with-timeout.ts';

export const allowedUpdates = ['message', 'callback_query'] as const;
/** A number: by default the runner doubles its pauses up to the length of the outage. */
const RETRY_MS = 1_000;
const CONFIRM_TIMEOUT_MS = 1_000;
/** Telegram ends an empty poll after this time. */
const POLL_S = 8;
/** Without a completed poll for this long, no update can arrive. */
const SILENCE_MS = 10_000;
/** A process that stops polls once more, which ends the poll of its successor with a 409. */
const CONFLICT_MS = 30_000;

/**
 * With this many running updates no more are fetched. Thousands of new users who wait in line for the
 * embedded database must not keep the updates of players from being fetched.
 */
export const MAX_RUNNING_UPDATES = 5_000;

type Update = Parameters<Bot<ArenaContext>['handleUpdate']>[0];

/** Long polling, with the updates of different users handled concurrently. */
export function startPolling(bot: Bot<ArenaContext>, log: Log, timing = systemTiming): Updates {
  const running = new Map<number, Promise<void>>();
  const source = updateSource(bot, log, timing);
  let lastId: number | null = null;
  const adapter = {
    init: () => bot.init(),
    api: { getUpdates: source.getUpdates },
    errorHandler: bot.errorHandler,
    handleUpdate: async (update: Update) => {
      lastId = Math.max(lastId ?? 0, update.update_id);
      const work = bot.handleUpdate(update);
      running.set(update.update_id, work);
      await work.finally(() => running.delete(update.update_id));
    },
  };
  const fetch = { allowed_updates: [...allowedUpdates], timeout: POLL_S };
  const runner = run(adapter, {
    runner: { fetch, retryInterval: RETRY_MS, silent: true },
    sink: { concurrency: MAX_RUNNING_UPDATES },
  });

  return {
    ended: runner.task() ?? Promise.resolve(),
    isReceiving: source.isReceiving,
    async stop(withinMs) {
      source.stopWatching();
      if (runner.isRunning()) await atMost(runner.stop(), withinMs);
      // The runner does not wait for handlers.
      const ends = [...running.values()].map((work) => work.catch(() => undefined));
      await atMost(Promise.all(ends), withinMs);
      // Unfinished updates must come again: only what precedes them is confirmed.
      const unfinished = [...running.keys()].map((id) => id - 1);
      if (lastId !== null) await confirm(bot, Math.min(lastId, ...unfinished), log);
    },
  };
}

/** Waits for the end of the work, however it ends. */
async function atMost(work: Promise<unknown>, ms: number): Promise<void> {
  await withTimeout(work, ms).catch(() => undefined);
}

/** `getUpdates` that notices when no poll is completed, be it for a silent line or too many handlers. */
function updateSource(bot: Bot<ArenaContext>, log: Log, timing: Timing) {
  const liveness = new Liveness(log);
  const isPassing = conflictTimer(timing);
  let hasPolled = false; // a process whose line is silent since its start hears nobody either
  let call = new CallController();
  let watch = new AbortController();
  const stopWatching = () => {
    watch.abort();
  };
  const watchAgain = () => {
    stopWatching();
    watch = new AbortController();
    const { signal } = watch;
    void timing.wait(SILENCE_MS, signal).then(() => {
      if (signal.aborted) return;
      liveness.lose({ cause: 'no poll completed', silentMs: SILENCE_MS });
      call.abort();
    });
  };
  const getUpdates: typeof bot.api.getUpdates = async (request, stopped) => {
    call = new CallController();
    if (stopped !== undefined) abortWith(stopped, call);
    watchAgain();
    try {
      // The first poll is answered at once, so that clocks do not wait for it.
      const asked = hasPolled ? request : { ...request, timeout: 0 };
      const updates = await bot.api.getUpdates(asked, call.signal);
      hasPolled = true;
      liveness.confirm();
      return updates;
    } catch (error) {
      if (stopped?.aborted === true) throw error;
      const event = isConflict(error) ? 'polling conflict' : 'telegram unavailable';
      liveness.lose({ retryMs: RETRY_MS, ...factsOf(error) }, event);
      // The runner retries every error but a 401 and a 409.
      throw isPassing(error) ? new Error('polling conflict', { cause: error }) : error;
    } finally {
      if (stopped?.aborted !== true) watchAgain();
    }
  };
  return { getUpdates, stopWatching, isReceiving: () => hasPolled && liveness.isReceiving };
}

/** The runner may be stopped during its pause before a retry, thus before the call begins. */
function abortWith(stopped: CallController['signal'], call: CallController): void {
  if (stopped.aborted) call.abort();
  stopped.addEventListener('abort', () => {
    call.abort();
  });
}

/** Tells whether an error is a 409, and less than 30 s of 409s have preceded it. */
function conflictTimer(timing: Timing): (error: unknown) => boolean {
  let firstMs = -Infinity;
  let latestMs = -Infinity;
  return (error) => {
    if (!isConflict(error)) return false;
    const nowMs = timing.now();
    if (nowMs - latestMs > CONFLICT_MS) firstMs = nowMs;
    latestMs = nowMs;
    return nowMs - firstMs < CONFLICT_MS;
  };
}

function isConflict(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 409;
}

/** Telegram sends unconfirmed updates again after the next start. */
async function confirm(bot: Bot<ArenaContext>, lastUpdateId: number, log: Log): Promise<void> {
  const request = { offset: lastUpdateId + 1, limit: 1, timeout: 0 };
  try {
    await withTimeout(bot.api.getUpdates(request), CONFIRM_TIMEOUT_MS);
  } catch (error) {
    log.warn({ lastUpdateId, ...factsOf(error) }, 'update confirmation failed');
  }
}
