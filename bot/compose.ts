import type { Clock } from '../domains/core/clock.ts';
import type { Log } from '../domains/core/log.ts';
import type { ActionShape } from '../domains/core/ui-payload.ts';
import { type Connection, connectRedis } from '../redis/connect.ts';
import { outageOf } from '../redis/outage.ts';
import { takeKeys } from '../redis/take-keys.ts';
import { wrongTypeOf } from '../redis/wrong-type.ts';
import { HearingManager } from '../redis/managers/hearing-manager.ts';
import { type Telegram, connectTelegram } from './connect-telegram.ts';
import { CallbackCodec } from './callback-data.ts';
import { createBot } from './create-bot.ts';
import { within } from './deadline.ts';
import {
  type House,
  type HouseOptions,
  type OpenedStores,
  buildHouse,
  openLastingStores,
  openStores,
} from './house.ts';
import type { LastingStores } from './lasting-stores.ts';
import type { Figures } from './outbox/figures.ts';
import { Outbox } from './outbox/outbox.ts';
import { receiveUpdates } from './receive-updates.ts';
import type { Settings } from './settings.ts';
import { type Surroundings, systemClock, systemEntropy } from './system.ts';
import type { Ticker } from './ticker.ts';
import { startTickers } from './tickers.ts';
import { systemTiming } from './timing.ts';
import type { Updates } from './updates.ts';

export interface ArenaSurroundings extends Surroundings {
  /** Stays open when the arena stops; by default the arena opens and closes one of its own. */
  readonly redis?: Connection;
  /** Features beside the shipped ones. */
  readonly features?: HouseOptions['features'];
}

/** A running arena. */
export interface Arena {
  /** Where the Bot API is: the sandbox's address when there is no token. */
  readonly apiRoot: string | null;
  readonly house: House;
  /** What has been sent, in numbers. */
  readonly figures: Readonly<Figures>;
  /** Resolves once whatever is on its way to a chat now is there or given up. */
  idle(): Promise<void>;
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
  const { log, entropy = systemEntropy, timing = systemTiming } = around;
  const opened = await openAll(settings, around);
  const { telegram, redis, clock, lasting, isAway, holdBotId, close } = opened;
  const { bot } = telegram;
  const stores = openStores(redis, { log, clock, lasting });
  const clientTime = settings.ARENA_CLIENT_TIME === 'on';
  const pack = (action: ActionShape) => codec.pack(action);
  const outbox = new Outbox({ ...stores, api: bot.api, clock, log, clientTime, timing, pack });
  const surroundings = { log, clock, entropy, lasting, features: around.features ?? [] };
  const house = buildHouse(redis, { ...stores, ...surroundings, settings, announcer: outbox });
  const codec = new CallbackCodec(house.features.schemas);
  const troubles = { isAway, redisOutageOf: outageOf, wrongTypeOf };
  createBot(bot, { ...house, codec, outbox, ...troubles, now: () => timing.now(), log });
  const updates = await receiveUpdates(bot, { commands: house.features.commands, settings, log });
  const hearing = new HearingManager(redis.client);
  const tickers = startTickers({ house, settings, log, updates, hearing, holdBotId });
  const parts = [...settings.ARENA_PARTS].join(',');
  log.info({ bot: bot.botInfo.username, parts }, 'the arena is open');
  return {
    apiRoot: telegram.apiRoot,
    house,
    figures: outbox.figures,
    idle: () => outbox.idle(),
    ended: updates.ended,
    stop: () =>
      stopAll(updates, tickers, [
        () => Promise.all([lastScreens(outbox), lastSaves(house, log)]),
        close,
      ]),
  };
}

interface Opened {
  readonly telegram: Telegram;
  readonly redis: Connection;
  readonly clock: Clock;
  readonly lasting: LastingStores;
  readonly isAway: OpenedStores['isAway'];
  readonly holdBotId: (() => Promise<void>) | null;
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
    const place = { url: settings.REDIS_URL, prefix: settings.REDIS_PREFIX };
    const redis = around.redis ?? kept(await connectRedis({ ...place, log }));
    const botId = telegram.bot.botInfo.id;
    const holdBotId = redis.engine === 'in-process' ? null : await takeKeys(redis.client, botId);
    const clock = around.clock ?? redis.clock ?? systemClock;
    const opened = { telegram, redis, clock, holdBotId, close };
    if (around.lasting !== undefined) {
      return { ...opened, lasting: around.lasting, isAway: () => false };
    }
    const { lasting, isAway } = kept(await openLastingStores(settings, { log, clock }));
    return { ...opened, lasting, isAway };
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

/** In the order in which things depend on each other: whoever acts stops first. */
async function stopAll(
  updates: Updates,
  tickers: readonly Ticker[],
  closing: readonly (() => Promise<unknown>)[],
): Promise<void> {
  await updates.stop(DRAIN_MS);
  await Promise.all(tickers.map((ticker) => ticker.stop()));
  for (const close of closing) await close();
}
