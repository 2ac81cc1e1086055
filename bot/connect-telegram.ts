import { setTimeout } from 'node:timers/promises';
import { type Api, type Bot, GrammyError } from 'grammy';
import type { Sandbox } from 'telegram-sandbox';
import type { Log } from '../domains/core/log.ts';
import type { Metrics } from '../domains/core/metrics.ts';
import { factsOf } from './api-errors.ts';
import type { ArenaContext } from './arena-context.ts';
import { createApi } from './create-bot.ts';
import type { Settings } from './settings.ts';
import { StartError } from './start-error.ts';
import { type ProxySettings, openTransport } from './transport.ts';

export interface Telegram {
  readonly bot: Bot<ArenaContext>;
  readonly apiRoot: string | null;
  /** What a person opens to play. */
  readonly address: string;
  close(): Promise<void>;
}

const SANDBOX_BOT = { botUsername: 'arena_sandbox_bot', botName: 'Arena' };
const TELEGRAM = 'https://api.telegram.org';
const MAX_TRIES = 4;

/** Connects to Telegram or another Bot API server; without a token to a sandbox, which it starts. */
export async function connectTelegram(
  settings: Settings,
  { log, metrics }: { readonly log: Log; readonly metrics: Metrics },
): Promise<Telegram> {
  if (settings.BOT_TOKEN === null) return connectSandbox(settings, { log, metrics });
  const apiRoot = settings.TELEGRAM_API_ROOT;
  const { bot, close } = await openBot(settings.BOT_TOKEN, {
    apiRoot: apiRoot ?? TELEGRAM,
    log,
    metrics,
    proxy: settings,
  });
  const facts = { telegram: apiRoot ?? 'api.telegram.org', bot: bot.botInfo.username };
  log.info(facts, 'telegram connected');
  return { bot, apiRoot, address: `https://t.me/${bot.botInfo.username}`, close };
}

async function connectSandbox(
  settings: Settings,
  { log, metrics }: { readonly log: Log; readonly metrics: Metrics },
): Promise<Telegram> {
  const sandbox = await openSandbox(settings.SANDBOX_PORT);
  const { bot, close } = await openBot(sandbox.token, {
    apiRoot: sandbox.url,
    log,
    metrics,
  });
  log.info({ telegram: sandbox.url }, 'no BOT_TOKEN, sandbox opened');
  return {
    bot,
    apiRoot: sandbox.url,
    address: `${sandbox.url}/`,
    close: async () => {
      await close();
      await sandbox.close();
    },
  };
}

async function openSandbox(port: number): Promise<Sandbox> {
  // Imported late: a bot with a token needs no sandbox.
  const { startSandbox } = await import('telegram-sandbox');
  try {
    return await startSandbox({ port, ...SANDBOX_BOT });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(
      `SANDBOX_PORT ${port} cannot be opened (${reason}): choose another, or 0 for any free one`,
    );
  }
}

interface OpenOptions {
  readonly apiRoot: string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly proxy?: ProxySettings;
}

async function openBot(
  token: string,
  { apiRoot, log, metrics, proxy }: OpenOptions,
): Promise<Pick<Telegram, 'bot' | 'close'>> {
  const { fetch, close } = openTransport(apiRoot, proxy);
  const bot = createApi(token, { apiRoot, fetch, log, metrics });
  try {
    // `bot.init()` would retry without end while the network is down.
    bot.botInfo = await getMe(bot.api, apiRoot, log);
  } catch (error) {
    await close();
    throw error;
  }
  return { bot, close };
}

async function getMe(api: Api, telegram: string, log: Log): Promise<Bot['botInfo']> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await api.getMe();
    } catch (error) {
      if (error instanceof GrammyError && [401, 404].includes(error.error_code))
        throw new StartError(`BOT_TOKEN was refused by ${telegram}: copy it again from @BotFather`);
      if (tries === MAX_TRIES)
        throw new StartError(
          `${telegram} cannot be reached: check the network, TELEGRAM_API_ROOT and HTTPS_PROXY`,
        );
      log.warn({ telegram, tries, ...factsOf(error) }, 'telegram unavailable, retrying');
      await setTimeout(500 * tries);
    }
  }
}
