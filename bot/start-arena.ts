import type { Clock } from '../domains/core/clock.ts';
import type { Log } from '../domains/core/log.ts';
import type { ActionShape } from '../domains/core/ui-payload.ts';
import { type Connection, connectRedis } from '../redis/connect.ts';
import { outageOf } from '../redis/outage.ts';
import { claimKeyspace } from '../redis/claim-keyspace.ts';
import { wrongTypeOf } from '../redis/wrong-type.ts';
import { UpdateHeartbeatManager } from '../redis/managers/update-heartbeat-manager.ts';
import { type Telegram, connectTelegram } from './connect-telegram.ts';
import { CallbackCodec } from './callback-data.ts';
import { createBot } from './create-bot.ts';
import { withTimeout } from './with-timeout.ts';
import {
  type Services,
  type ServicesOptions,
  type OpenRepositories,
  buildServices,
  openRepositories,
  openStores,
} from './services.ts';
import type { Repositories } from './repositories.ts';
import type { OutboxMetrics } from './outbox/outbox-metrics.ts';
import { Outbox } from './outbox/outbox.ts';
import { receiveUpdates } from './receive-updates.ts';
import type { Settings } from './settings.ts';
import { type Ports, systemClock, systemEntropy } from './system.ts';
import type { Ticker } from './ticker.ts';
import { startTickers } from './tickers.ts';
import { systemTiming } from './timing.ts';
import type { Updates } from './updates.ts';

export interface ArenaPorts extends Ports {
  /** Stays open when the arena stops; by default the arena opens and closes one of its own. */
  readonly redis?: Connection;
  /** Features beside the shipped ones. */
  readonly features?: ServicesOptions['features'];
}

/** A running arena. */
export interface Arena {
  /** Where the Bot API is: the sandbox's address when there is no token. */
  readonly apiRoot: string | null;
  readonly services: Services;
  /** What has been sent, in numbers. */
  readonly metrics: Readonly<OutboxMetrics>;
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
export async function startArena(settings: Settings, around: ArenaPorts): Promise<Arena> {
  const { log, entropy = systemEntropy, timing = systemTiming } = around;
  const opened = await openAll(settings, around);
  const { telegram, redis, clock, repositories, isUnavailable, renewBotId, close } = opened;
  const { bot } = telegram;
  const stores = openStores(redis, { log, clock, repositories });
  const clientTime = settings.ARENA_CLIENT_TIME === 'on';
  const pack = (action: ActionShape) => codec.pack(action);
  const outbox = new Outbox({ ...stores, api: bot.api, clock, log, clientTime, timing, pack });
  const surroundings = {
    log,
    clock,
    entropy,
    repositories,
    features: around.features ?? [],
  };
  const services = buildServices(redis, {
    ...stores,
    ...surroundings,
    settings,
    announcer: outbox,
  });
  const codec = new CallbackCodec(services.features.schemas);
  const troubles = { isUnavailable, redisOutageOf: outageOf, wrongTypeOf };
  createBot(bot, { ...services, codec, outbox, ...troubles, now: () => timing.now(), log });
  const updates = await receiveUpdates(bot, {
    commands: services.features.commands,
    settings,
    log,
  });
  const heartbeat = new UpdateHeartbeatManager(redis.client);
  const tickers = startTickers({ services, settings, log, updates, heartbeat, renewBotId });
  const parts = [...settings.ARENA_PARTS].join(',');
  log.info({ bot: bot.botInfo.username, parts }, 'the arena is open');
  return {
    apiRoot: telegram.apiRoot,
    services,
    metrics: outbox.metrics,
    idle: () => outbox.idle(),
    ended: updates.ended,
    stop: () =>
      stopAll(updates, tickers, [
        () => Promise.all([lastScreens(outbox), lastSaves(services, log)]),
        close,
      ]),
  };
}

interface Opened {
  readonly telegram: Telegram;
  readonly redis: Connection;
  readonly clock: Clock;
  readonly repositories: Repositories;
  readonly isUnavailable: OpenRepositories['isUnavailable'];
  readonly renewBotId: (() => Promise<void>) | null;
  readonly close: () => Promise<void>;
}

/** What the arena stands on; what has been opened is closed again when the next does not open. */
async function openAll(settings: Settings, around: ArenaPorts): Promise<Opened> {
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
    const renewBotId =
      redis.engine === 'in-process' ? null : await claimKeyspace(redis.client, botId);
    const clock = around.clock ?? redis.clock ?? systemClock;
    const opened = { telegram, redis, clock, renewBotId, close };
    if (around.repositories !== undefined) {
      return { ...opened, repositories: around.repositories, isUnavailable: () => false };
    }
    const { repositories, isUnavailable } = kept(await openRepositories(settings, { log, clock }));
    return { ...opened, repositories, isUnavailable };
  } catch (error) {
    await close();
    throw error;
  }
}

async function lastScreens(outbox: Outbox): Promise<void> {
  await withTimeout(outbox.drain(), LAST_MS).catch(() => undefined);
}

/** What is not done in time stays owed in Redis, for the next process. */
async function lastSaves(house: Services, log: Log): Promise<void> {
  const late = AbortSignal.timeout(LAST_MS);
  await withTimeout(house.logout.flush(late), LAST_MS).catch((error: unknown) => {
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
