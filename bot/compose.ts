import type { Log } from '../domains/core/log.ts';
import { connectRedis } from '../redis/connect.ts';
import { connectTelegram } from './connect-telegram.ts';
import { createBot } from './create-bot.ts';
import { within } from './deadline.ts';
import { introduceBot } from './introduce-bot.ts';
import { type House, buildHouse, openStores } from './house.ts';
import { type Polling, startPolling } from './polling.ts';
import type { Figures } from './outbox/figures.ts';
import { Outbox } from './outbox/outbox.ts';
import type { Settings } from './settings.ts';
import { type Surroundings, systemClock, systemEntropy } from './system.ts';
import { type Ticker, startTicker } from './ticker.ts';
import { systemTiming } from './timing.ts';

/** A running arena. */
export interface Arena {
  /** Where the Bot API is: the sandbox's address when there is no token. */
  readonly apiRoot: string | null;
  readonly house: House;
  /** What has been sent, in numbers. */
  readonly figures: Readonly<Figures>;
  /** Rejects if the bot loses Telegram for good. */
  readonly ended: Promise<void>;
  /** Takes no new updates, finishes those under way, closes everything; done within 10 s. */
  stop(): Promise<void>;
}

const DRAIN_MS = 4_000;
const SCREENS_MS = 2_000;

/** Builds and wires everything; rejects with one clear line if something is missing. */
export async function startArena(settings: Settings, around: Surroundings): Promise<Arena> {
  const { log, clock = systemClock, entropy = systemEntropy, timing = systemTiming } = around;
  const telegram = await connectTelegram(settings, log);
  const redis = await connectRedis({ url: settings.REDIS_URL, log }).catch(
    async (error: unknown) => {
      await telegram.close();
      throw error;
    },
  );
  const { bot } = telegram;
  const stores = openStores(redis, log);
  const clientTime = settings.ARENA_CLIENT_TIME === 'on';
  const outbox = new Outbox({ ...stores, api: bot.api, log, clientTime, timing });
  const house = buildHouse(redis, { ...stores, log, clock, entropy, settings, announcer: outbox });
  createBot(bot, { ...house, outbox, log });
  await introduceBot(bot.api, log);
  const polling = startPolling(bot, log);
  const tickers = startWaves(house, settings, { log, polling });
  log.info({ bot: bot.botInfo.username }, 'the arena is open');
  return {
    apiRoot: telegram.apiRoot,
    house,
    figures: outbox.figures,
    ended: polling.ended,
    stop: () =>
      stopAll(polling, tickers, [
        () => within(outbox.drain(), SCREENS_MS).catch(() => undefined),
        () => redis.close(),
        () => telegram.close(),
      ]),
  };
}

function startWaves(
  house: House,
  settings: Settings,
  { log, polling }: { readonly log: Log; readonly polling: Polling },
): Ticker[] {
  const everyMs = settings.ARENA_WAVE_S * 1000;
  // While no tap can arrive the clocks are left alone; once it can again, they are made up for it.
  const clocks = async () => {
    if (polling.isHearing()) await house.combat.tick();
  };
  return [
    startTicker(() => house.arena.wave(), { everyMs, log, name: 'matchmaking wave' }),
    startTicker(clocks, { everyMs, log, name: 'turn clocks' }),
  ];
}

/** In the order in which things depend on each other: whoever acts stops first. */
async function stopAll(
  polling: Polling,
  tickers: readonly Ticker[],
  closing: readonly (() => Promise<void>)[],
): Promise<void> {
  await polling.stop(DRAIN_MS);
  await Promise.all(tickers.map((ticker) => ticker.stop()));
  for (const close of closing) await close();
}
