import { run } from '@grammyjs/runner';
import type { Bot } from 'grammy';
import type { Log } from '../domains/core/log.ts';
import type { ArenaContext } from './arena-context.ts';
import { factsOf } from './api-errors.ts';
import { withTimeout } from './with-timeout.ts';
import type { Updates } from './updates.ts';

export const allowedUpdates = ['message', 'callback_query'] as const;
/** The runner's own way doubles its pauses without end: after an hour's outage it sleeps an hour. */
const RETRY_MS = 1_000;
const CONFIRM_MS = 1_000;

type Update = Parameters<Bot<ArenaContext>['handleUpdate']>[0];

/**
 * Long polling with concurrency, players side by side; a small wrapper around the runner. At its end
 * it confirms what is done.
 */
export function startPolling(bot: Bot<ArenaContext>, log: Log): Updates {
  const underWay = new Map<number, Promise<void>>();
  const source = listenTo(bot, log);
  let lastId: number | null = null;
  const adapter = {
    init: () => bot.init(),
    api: { getUpdates: source.getUpdates },
    errorHandler: bot.errorHandler,
    handleUpdate: async (update: Update) => {
      lastId = Math.max(lastId ?? 0, update.update_id);
      const work = bot.handleUpdate(update);
      underWay.set(update.update_id, work);
      await work.finally(() => underWay.delete(update.update_id));
    },
  };
  const fetch = { allowed_updates: [...allowedUpdates] };
  const runner = run(adapter, { runner: { fetch, retryInterval: RETRY_MS, silent: true } });

  return {
    ended: runner.task() ?? Promise.resolve(),
    isReceiving: source.isHearing,
    async stop(withinMs) {
      // The runner does not wait for handlers: an update confirmed but unfinished would be lost.
      if (runner.isRunning()) await Promise.race([runner.stop(), after(withinMs)]);
      await Promise.race([Promise.allSettled([...underWay.values()]), after(withinMs)]);
      if (lastId !== null) await confirm(bot, Math.min(lastId, ...before(underWay.keys())), log);
    },
  };
}

/** What is still under way is to come again: only what lies before it is confirmed. */
function before(unfinished: Iterable<number>): number[] {
  return [...unfinished].map((id) => id - 1);
}

/** `getUpdates` that says once when it falls silent and once when it is back. */
function listenTo(bot: Bot<ArenaContext>, log: Log) {
  let hearing = true;
  const getUpdates: typeof bot.api.getUpdates = async (...args) => {
    try {
      const updates = await bot.api.getUpdates(...args);
      if (!hearing) log.info({}, 'Telegram answers again');
      hearing = true;
      return updates;
    } catch (error) {
      const aborted = args[1]?.aborted === true;
      if (hearing && !aborted)
        log.warn(factsOf(error), 'updates cannot be had; trying again every second');
      hearing = aborted && hearing;
      throw error;
    }
  };
  return { getUpdates, isHearing: () => hearing };
}

/** Tells Telegram that everything up to this update is done: else it comes again after the start. */
async function confirm(bot: Bot<ArenaContext>, lastUpdateId: number, log: Log): Promise<void> {
  try {
    await withTimeout(
      bot.api.getUpdates({ offset: lastUpdateId + 1, limit: 1, timeout: 0 }),
      CONFIRM_MS,
    );
  } catch (error) {
    log.warn(factsOf(error), 'the last updates could not be confirmed and will come again');
  }
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
