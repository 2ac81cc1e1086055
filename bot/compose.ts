import type { Log } from '../domains/core/log.ts';
import { type Connection, connectRedis } from '../redis/connect.ts';
import { type Telegram, connectTelegram } from './connect-telegram.ts';
import { createBot } from './create-bot.ts';
import { within } from './deadline.ts';
import { introduceBot } from './introduce-bot.ts';
import {
  type House,
  type OpenedStores,
  buildHouse,
  openLastingStores,
  openStores,
} from './house.ts';
import type { LastingStores } from './lasting-stores.ts';
import { type Polling, startPolling } from './polling.ts';
import type { Figures } from './outbox/figures.ts';
import { Outbox } from './outbox/outbox.ts';
import type { Settings } from './settings.ts';
import { type Surroundings, systemClock, systemEntropy } from './system.ts';
import { type Ticker, startTicker } from './ticker.ts';
import { systemTiming } from './timing.ts';

export interface ArenaSurroundings extends Surroundings {
  /** Stays open when the arena stops; by default the arena opens and closes one of its own. */
  readonly redis?: Connection;
}

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
/** For the last screens to be sent and the last sessions to be saved. */
const LAST_MS = 2_500;

/** Builds and wires everything; rejects with one clear line if something is missing. */
export async function startArena(settings: Settings, around: ArenaSurroundings): Promise<Arena> {
  const { log, clock = systemClock, entropy = systemEntropy, timing = systemTiming } = around;
  const { telegram, redis, lasting, isAway, close } = await openAll(settings, around);
  const { bot } = telegram;
  const stores = openStores(redis, { log, clock, lasting });
  const clientTime = settings.ARENA_CLIENT_TIME === 'on';
  const outbox = new Outbox({ ...stores, api: bot.api, log, clientTime, timing });
  const surroundings = { log, clock, entropy, lasting };
  const house = buildHouse(redis, { ...stores, ...surroundings, settings, announcer: outbox });
  createBot(bot, { ...house, outbox, isAway, log });
  await introduceBot(bot.api, log);
  const polling = startPolling(bot, log);
  const tickers = startTickers(house, settings, { log, polling });
  log.info({ bot: bot.botInfo.username }, 'the arena is open');
  return {
    apiRoot: telegram.apiRoot,
    house,
    figures: outbox.figures,
    ended: polling.ended,
    stop: () =>
      stopAll(polling, tickers, [
        () => Promise.all([lastScreens(outbox), lastSaves(house, log)]),
        close,
      ]),
  };
}

interface Opened {
  readonly telegram: Telegram;
  readonly redis: Connection;
  readonly lasting: LastingStores;
  readonly isAway: OpenedStores['isAway'];
  readonly close: () => Promise<void>;
}

/** What the arena stands on; what has been opened is closed again when the next does not open. */
async function openAll(settings: Settings, around: ArenaSurroundings): Promise<Opened> {
  const { log } = around;
  const closing: (() => Promise<void>)[] = [];
  // All at once: none needs another any more, and each may take its time.
  const close = async () => {
    await Promise.all(closing.splice(0).map((one) => one()));
  };
  const kept = <T extends { close(): Promise<void> }>(opened: T): T => {
    closing.push(() => opened.close());
    return opened;
  };
  try {
    const telegram = kept(await connectTelegram(settings, log));
    const redis = around.redis ?? kept(await connectRedis({ url: settings.REDIS_URL, log }));
    if (around.lasting !== undefined) {
      return { telegram, redis, lasting: around.lasting, isAway: () => false, close };
    }
    const { lasting, isAway } = kept(await openLastingStores(settings, log));
    return { telegram, redis, lasting, isAway, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function lastScreens(outbox: Outbox): Promise<void> {
  await within(outbox.drain(), LAST_MS).catch(() => undefined);
}

/** What is not done in time stays owed in Redis, for the next process. */
async function lastSaves(house: House, log: Log): Promise<void> {
  const late = AbortSignal.timeout(LAST_MS);
  await within(house.logout.flush(late), LAST_MS).catch((error: unknown) => {
    log.warn({ err: error }, 'not everything could be saved at the end');
  });
}

function startTickers(
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
    startTicker(() => house.logout.work(), { everyMs, log, name: 'logout worker' }),
  ];
}

/** In the order in which things depend on each other: whoever acts stops first. */
async function stopAll(
  polling: Polling,
  tickers: readonly Ticker[],
  closing: readonly (() => Promise<unknown>)[],
): Promise<void> {
  await polling.stop(DRAIN_MS);
  await Promise.all(tickers.map((ticker) => ticker.stop()));
  for (const close of closing) await close();
}
