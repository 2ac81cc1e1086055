import { run } from '@grammyjs/runner';
import type { Bot } from 'grammy';
import type { Log } from '../domains/core/log.ts';
import type { ArenaContext } from './arena-context.ts';
import { factsOf } from './api-errors.ts';
import type { Updates } from './updates.ts';
import { withTimeout } from './with-timeout.ts';

export const allowedUpdates = ['message', 'callback_query'] as const;
/** A number: by default the runner doubles its pauses up to the length of the outage. */
const RETRY_MS = 1_000;
const CONFIRM_TIMEOUT_MS = 1_000;

type Update = Parameters<Bot<ArenaContext>['handleUpdate']>[0];

/** Long polling, with the updates of different users handled concurrently. */
export function startPolling(bot: Bot<ArenaContext>, log: Log): Updates {
  const running = new Map<number, Promise<void>>();
  const source = updateSource(bot, log);
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
  const fetch = { allowed_updates: [...allowedUpdates] };
  const runner = run(adapter, { runner: { fetch, retryInterval: RETRY_MS, silent: true } });

  return {
    ended: runner.task() ?? Promise.resolve(),
    isReceiving: source.isReceiving,
    async stop(withinMs) {
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

/** `getUpdates` that logs the beginning and the end of an outage. */
function updateSource(bot: Bot<ArenaContext>, log: Log) {
  let isReceiving = true;
  const getUpdates: typeof bot.api.getUpdates = async (...args) => {
    try {
      const updates = await bot.api.getUpdates(...args);
      if (!isReceiving) log.info({}, 'telegram available again');
      isReceiving = true;
      return updates;
    } catch (error) {
      const aborted = args[1]?.aborted === true;
      if (isReceiving && !aborted)
        log.warn({ retryMs: RETRY_MS, ...factsOf(error) }, 'telegram unavailable');
      isReceiving = aborted && isReceiving;
      throw error;
    }
  };
  return { getUpdates, isReceiving: () => isReceiving };
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
