import type { Bot } from 'grammy';
import type { Command } from '../domains/core/feature.ts';
import type { Log } from '../domains/core/log.ts';
import { factsOf } from './api-errors.ts';
import type { ArenaContext } from './arena-context.ts';
import { startPolling } from './polling.ts';
import type { Settings } from './settings.ts';
import { updateBotProfile } from './update-bot-profile.ts';
import { type Updates, noUpdates } from './updates.ts';
import { startWebhook } from './webhook.ts';

export interface ReceiveOptions {
  readonly commands: readonly Command[];
  readonly settings: Settings;
  readonly log: Log;
}

/** Starts to receive updates, if that is a part of this process. */
export async function receiveUpdates(
  bot: Bot<ArenaContext>,
  { commands, settings, log }: ReceiveOptions,
): Promise<Updates> {
  if (!settings.ARENA_PARTS.has('updates')) return noUpdates;
  await updateBotProfile(bot.api, { commands, log });
  const { WEBHOOK_URL: url, WEBHOOK_PORT: port, WEBHOOK_SECRET: secret } = settings;
  if (url !== null) return startWebhook(bot, { url, port, secret }, log);
  // Telegram refuses polling while a webhook is set.
  await bot.api.deleteWebhook().catch((error: unknown) => {
    log.warn(factsOf(error), 'webhook removal failed');
  });
  return startPolling(bot, log);
}
