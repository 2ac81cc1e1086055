import type { Api, Bot } from 'grammy';
import type { Command } from '../domains/core/feature.ts';
import type { Log } from '../domains/core/log.ts';
import { factsOf } from './api-errors.ts';
import type { ArenaContext } from './arena-context.ts';
import { startPolling } from './polling.ts';
import type { Settings } from './settings.ts';
import { StartError } from './start-error.ts';
import { type Timing, systemTiming } from './timing.ts';
import { updateBotProfile } from './update-bot-profile.ts';
import { type Updates, noUpdates } from './updates.ts';
import { startWebhook } from './webhook.ts';
import { hostOf } from './webhook-watch.ts';

export interface ReceiveOptions {
  readonly commands: readonly Command[];
  readonly settings: Settings;
  readonly log: Log;
  readonly timing?: Timing;
}

/** Starts to receive updates, if that is a part of this process. */
export async function receiveUpdates(
  bot: Bot<ArenaContext>,
  { commands, settings, log, timing = systemTiming }: ReceiveOptions,
): Promise<Updates> {
  if (!settings.ARENA_PARTS.has('updates')) return noUpdates;
  const { WEBHOOK_URL: url, WEBHOOK_PORT: port, WEBHOOK_SECRET: secret } = settings;
  if (url === null) await endWebhook(bot.api, settings, log);
  await updateBotProfile(bot.api, { commands, log });
  if (url === null) return startPolling(bot, log, timing);
  return startWebhook(bot, { url, port, secret, timing }, log);
}

/** Telegram refuses polling while a webhook is set, which may be that of a bot in production. */
async function endWebhook(
  api: Api,
  { TELEGRAM_TAKE_OVER: takeOver }: Settings,
  log: Log,
): Promise<void> {
  const info = await api.getWebhookInfo().catch((error: unknown) => {
    log.warn(factsOf(error), 'webhook check failed');
    return { url: '' };
  });
  if (!info.url) return;
  const webhook = hostOf(info.url);
  if (takeOver === 'off')
    throw new StartError(
      `A webhook is set at ${webhook}, which receives the updates of this bot: set WEBHOOK_URL or ` +
        'another BOT_TOKEN, or TELEGRAM_TAKE_OVER=on to remove the webhook',
    );
  await api.deleteWebhook();
  log.warn({ webhook }, 'webhook removed');
}
