import type { Bot } from 'grammy';
import type { Command } from '../domains/core/feature.ts';
import type { Log } from '../domains/core/log.ts';
import { factsOf } from './api-errors.ts';
import type { ArenaContext } from './arena-context.ts';
import { updateBotProfile } from './update-bot-profile.ts';
import { startPolling } from './polling.ts';
import type { Settings } from './settings.ts';
import { type Updates, noUpdates } from './updates.ts';
import { startWebhook } from './webhook.ts';

export interface ReceiveOptions {
  readonly commands: readonly Command[];
  readonly settings: Settings;
  readonly log: Log;
}

/** Lets updates come in, if that is this process's part. */
export async function receiveUpdates(
  bot: Bot<ArenaContext>,
  { commands, settings, log }: ReceiveOptions,
): Promise<Updates> {
  if (!settings.ARENA_PARTS.has('updates')) return noUpdates;
  await updateBotProfile(bot.api, { commands, log });
  const { WEBHOOK_URL: url, WEBHOOK_PORT: port, WEBHOOK_SECRET: secret } = settings;
  if (url !== null) return startWebhook(bot, { url, port, secret }, log);
  await takeOver(bot, log);
  return startPolling(bot, log);
}

/** Polling is refused while there is a webhook. */
async function takeOver(bot: Bot<ArenaContext>, log: Log): Promise<void> {
  await bot.api.deleteWebhook().catch((error: unknown) => {
    log.warn(factsOf(error), 'a webhook, if there is one, could not be removed');
  });
}
