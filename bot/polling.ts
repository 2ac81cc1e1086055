import { run } from '@grammyjs/runner';
import type { Bot } from 'grammy';
import type { Log } from '../domains/core/log.ts';
import type { ArenaContext } from './arena-context.ts';
import { factsOf } from './api-errors.ts';

export interface Polling {
  /** Takes no new updates, finishes those under way (at most `withinMs`), confirms them. */
  stop(withinMs: number): Promise<void>;
  /** Rejects if polling ends by itself: a second poller, a revoked token. */
  readonly ended: Promise<void>;
}

const allowed = ['message', 'callback_query', 'my_chat_member'] as const;

/** Long polling with concurrency, players side by side; a small wrapper around the runner. */
export function startPolling(bot: Bot<ArenaContext>, log: Log): Polling {
  const underWay = new Set<Promise<void>>();
  let lastUpdateId: number | null = null;
  const adapter = {
    init: () => bot.init(),
    api: bot.api,
    errorHandler: bot.errorHandler,
    handleUpdate: async (update: Parameters<typeof bot.handleUpdate>[0]) => {
      lastUpdateId = Math.max(lastUpdateId ?? 0, update.update_id);
      const work = bot.handleUpdate(update);
      underWay.add(work);
      await work.finally(() => underWay.delete(work));
    },
  };
  const runner = run(adapter, {
    runner: { fetch: { allowed_updates: [...allowed] }, silent: true },
  });

  return {
    ended: runner.task() ?? Promise.resolve(),
    async stop(withinMs) {
      if (runner.isRunning()) await Promise.race([runner.stop(), after(withinMs)]);
      // The runner does not wait for handlers: an update confirmed but unfinished would be lost.
      await Promise.race([Promise.allSettled([...underWay]), after(withinMs)]);
      if (lastUpdateId !== null) await confirm(bot, lastUpdateId, log);
    },
  };
}

/** Tells Telegram that everything up to this update is done: else it comes again after the start. */
async function confirm(bot: Bot<ArenaContext>, lastUpdateId: number, log: Log): Promise<void> {
  try {
    await bot.api.getUpdates({ offset: lastUpdateId + 1, limit: 1, timeout: 0 });
  } catch (error) {
    log.warn(factsOf(error), 'the last updates could not be confirmed and will come again');
  }
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
