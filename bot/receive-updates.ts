import type { Bot } from 'grammy';
import type { Log } from '../domains/core/log.ts';
import { factsOf } from './api-errors.ts';
import type { ArenaContext } from './arena-context.ts';
import { introduceBot } from './introduce-bot.ts';
import { startPolling } from './polling.ts';
import type { Settings } from './settings.ts';
import { type Updates, noUpdates } from './updates.ts';

/** Lets updates come in, if that is this process's part. */
export async function receiveUpdates(
  bot: Bot<ArenaContext>,
  settings: Settings,
  log: Log,
): Promise<Updates> {
  if (!settings.ARENA_PARTS.has('updates')) return noUpdates;
  await introduceBot(bot.api, log);
  await takeOver(bot, log);
  return startPolling(bot, log);
}

/** Polling is refused while there is a webhook. */
async function takeOver(bot: Bot<ArenaContext>, log: Log): Promise<void> {
  await bot.api.deleteWebhook().catch((error: unknown) => {
    log.warn(factsOf(error), 'a webhook, if there is one, could not be removed');
  });
}
