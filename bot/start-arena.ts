import type { Clock } from '../domains/core/clock.ts';
import type { DirtyKind } from '../domains/account/write-behind-queue.ts';
import type { Log } from '../domains/core/log.ts';
import type { Metrics } from '../domains/core/metrics.ts';
import type { ActionShape } from '../domains/core/ui-payload.ts';
import type { Wait } from '../domains/core/wait.ts';
import { claimKeyspace } from '../redis/claim-keyspace.ts';
import { type Connection, connectRedis } from '../redis/connect.ts';
import { UpdateHeartbeatManager } from '../redis/managers/update-heartbeat-manager.ts';
import { outageOf } from '../redis/outage.ts';
import { reserveCharacterNumbers } from '../redis/reserve-character-numbers.ts';
import { warnOfDataLoss } from '../redis/warn-of-data-loss.ts';
import { wrongTypeOf } from '../redis/wrong-type.ts';
import { CallbackCodec } from './callback-data.ts';
import { type Telegram, connectTelegram } from './connect-telegram.ts';
import { createBot } from './create-bot.ts';
import { logCausesOnce } from './log-causes-once.ts';
import { ActivePlayers } from './operations/active-players.ts';
import { countLogEvents } from './operations/count-log-events.ts';
import { type Operations, openFigures, startOperations } from './operations/operations.ts';
import type { DatabaseHealth } from './operations/readiness.ts';
import { Outbox } from './outbox/outbox.ts';
import type { OutboxMetrics } from './outbox/outbox-metrics.ts';
import { receiveUpdates } from './receive-updates.ts';
import { type OpenRepositories, openRepositories } from './open-repositories.ts';
import { type Services, type ServicesOptions, buildServices } from './services.ts';
import { openStores } from './stores.ts';
import type { Settings } from './settings.ts';
import { StartError } from './start-error.ts';
import { type Ports, systemClock, systemEntropy } from './system.ts';
import { type Ticker, stopTickers } from './ticker.ts';
import { startTickers } from './tickers.ts';
import { type Timing, systemTiming } from './timing.ts';
import type { Updates } from './updates.ts';
import { withTimeout } from './with-timeout.ts';

export interface ArenaPorts extends Ports {
  /** Stays open when the arena stops; by default the arena opens and closes its own. */
  readonly redis?: Connection;
  readonly features?: ServicesOptions['features'];
  /** Limits how long a battle's end waits for the database. */
  readonly wait?: Wait;
  /** Measures how long Telegram has been silent. */
  readonly receiveTiming?: Timing;
  /** Another process has taken DATA_DIR: must end this one. */
  readonly onFolderLost?: () => void;
}

export interface Arena {
  /** The Bot API's address: the sandbox's if there is no token; null: Telegram's. */
  readonly apiRoot: string | null;
  readonly services: Services;
  /** Counts warnings and errors. */
  readonly log: Log;
  readonly metrics: Readonly<OutboxMetrics>;
  /** Resolves when everything that is to be sent now has been sent or dropped. */
  idle(): Promise<void>;
  /** Rejects if updates end: another poller has taken over, or the token was revoked. */
  readonly ended: Promise<void>;
  /** Accepts no new updates, waits for running handlers, closes everything; within 10 s. */
  stop(): Promise<void>;
}

const HANDLERS_TIMEOUT_MS = 4_000;
/** For the last screens and the last session saves, which run side by side. */
const FLUSH_TIMEOUT_MS = 2_500;

/** Rejects with one line that says what is missing. */
export async function startArena(settings: Settings, ports: ArenaPorts): Promise<Arena> {
  const figures = await openFigures(settings);
  const log = countLogEvents(logCausesOnce(ports.log, systemTiming), figures.metrics);
  const base = { ...ports, log, metrics: figures.metrics };
  const connections = await openConnections(settings, base);
  const { telegram, redis, renewBotId, copies, close } = connections;
  const game = openGame(settings, { ...base, ...connections });
  const { services, outbox } = game;
  await Promise.all([services.bans.refresh(), services.drain.refresh()]);
  let isReceiving = () => false;
  const operated = { ...services, ...connections, ...game, settings, log };
  const operations = await startOperations(figures, {
    ...operated,
    isReceiving: settings.ARENA_PARTS.has('updates') ? () => isReceiving() : null,
    writeToRedis: renewBotId ?? (() => Promise.resolve()),
    draining: () => Promise.resolve(services.drain.isOn() ? 'operator' : null),
    wait: systemTiming.wait,
  });
  const { receiveTiming = systemTiming } = ports;
  const { commands } = services.features;
  const receiving = { commands, settings, log, timing: receiveTiming };
  const updates = await receiveUpdates(telegram.bot, receiving);
  isReceiving = () => updates.isReceiving();
  const heartbeat = new UpdateHeartbeatManager(redis.client);
  const ticked = { services, settings, log, outageOf, updates, heartbeat };
  const tickers = startTickers({ ...ticked, renewBotId, copies });
  const parts = [...settings.ARENA_PARTS].join(',');
  log.info({ bot: telegram.bot.botInfo.username, parts }, 'arena started');
  log.info({}, `open ${telegram.address} in a browser and play`);
  return {
    apiRoot: telegram.apiRoot,
    services,
    log,
    metrics: outbox.metrics,
    idle: () => outbox.idle(),
    ended: updates.ended,
    stop: () => stop({ updates, tickers, outbox, services, operations, log, close }),
  };
}

interface GameDeps
  extends Connections, Pick<ArenaPorts, 'entropy' | 'features' | 'timing' | 'wait'> {
  readonly log: Log;
  readonly metrics: Metrics;
}

/** What plays, and how it is shown. */
function openGame(settings: Settings, deps: GameDeps) {
  const { telegram, redis, clock, repositories, isUnavailable, log, metrics } = deps;
  const { entropy = systemEntropy, features = [] } = deps;
  const { timing = systemTiming, wait = systemTiming.wait } = deps;
  const { bot } = telegram;
  const stores = openStores(redis, { log, clock, repositories });
  const outbox = new Outbox({
    ...stores,
    api: bot.api,
    clock,
    log,
    timing,
    isStoreOutage,
    clientTime: settings.ARENA_CLIENT_TIME === 'on',
    pack: (action: ActionShape) => codec.pack(action),
    onAnswered: (waitedMs) => {
      metrics.observe('arena_tap_to_screen_seconds', waitedMs / 1000, {});
    },
  });
  const { messenger } = outbox;
  const common = { clock, log, metrics };
  const played = { ...stores, ...common, settings, repositories, entropy, features, wait };
  const services = buildServices(redis, { ...played, announcer: outbox, messenger });
  const codec = new CallbackCodec(services.features.schemas);
  const failures = { isUnavailable, redisOutageOf: outageOf, wrongTypeOf };
  const players = new ActivePlayers(clock);
  const onSeen = (userId: number) => {
    players.seen(userId);
  };
  createBot(bot, { ...services, ...failures, ...common, codec, outbox, timing, onSeen });
  const backlog = (kind: DirtyKind) => stores.writeBehind.backlog(kind);
  return { services, outbox, activePlayers: players, backlog };
}

interface Running {
  readonly updates: Updates;
  readonly tickers: readonly Ticker[];
  readonly outbox: Outbox;
  readonly services: Services;
  readonly operations: Operations;
  readonly log: Log;
  readonly close: () => Promise<void>;
}

/**
 * First whatever starts new work, then what that work needs. Turn clocks do not wait for the last
 * handlers: no tap arrives meanwhile.
 */
async function stop(running: Running): Promise<void> {
  const { updates, tickers, outbox, services, operations, log, close } = running;
  operations.stopping();
  const jobsStopped = stopTickers(tickers, HANDLERS_TIMEOUT_MS);
  await Promise.all([updates.stop(HANDLERS_TIMEOUT_MS), jobsStopped]);
  const sent = withTimeout(outbox.drain(), FLUSH_TIMEOUT_MS).catch(() => undefined);
  await Promise.all([sent, saveSessions(services, log)]);
  await operations.close();
  await close();
}

const isStoreOutage = (error: unknown) => outageOf(error) !== null;

/** Of a database that the caller has opened. */
const healthy: DatabaseHealth = { ping: () => Promise.resolve(), isAway: () => false };

interface Connections extends OpenRepositories {
  readonly telegram: Telegram;
  readonly redis: Connection;
  readonly clock: Clock;
  readonly renewBotId: (() => Promise<void>) | null;
}

/** If one of them fails to open, those before it are closed. */
async function openConnections(
  settings: Settings,
  ports: ArenaPorts & { readonly metrics: Metrics },
): Promise<Connections> {
  const { log, metrics, onFolderLost } = ports;
  const closing: (() => Promise<void>)[] = [];
  const close = async () => {
    await Promise.all(closing.splice(0).map((one) => one()));
  };
  const closeLater = <T extends { close(): Promise<void> }>(opened: T): T => {
    closing.push(() => opened.close());
    return opened;
  };
  try {
    const telegram = closeLater(await connectTelegram(settings, { log, metrics }));
    const address = { url: settings.REDIS_URL, prefix: settings.REDIS_PREFIX };
    const redis = ports.redis ?? closeLater(await connectRedis({ ...address, log }));
    const botId = telegram.bot.botInfo.id;
    const renewBotId =
      redis.engine === 'in-process' ? null : await claimKeyspace(redis.client, botId);
    if (redis.engine !== 'in-process') await warnOfDataLoss(redis.client, log);
    const clock = ports.clock ?? redis.clock ?? systemClock;
    const database =
      ports.repositories === undefined
        ? closeLater(await openRepositories(settings, { log, clock, onFolderLost }))
        : {
            repositories: ports.repositories,
            isUnavailable: () => false,
            health: healthy,
            copies: null,
          };
    await reserveCharacterNumbers(redis.client, database.repositories.characters, log);
    return { ...database, telegram, redis, clock, renewBotId, close };
  } catch (error) {
    await close();
    const outage = outageOf(error);
    throw outage === null ? error : redisLost(outage);
  }
}

function redisLost(reason: string): StartError {
  return new StartError(
    `Redis stopped answering during the start (${reason}): check REDIS_URL and start again`,
  );
}

/** What is not saved in time stays marked as dirty in Redis, for the next process. */
async function saveSessions({ logout }: Services, log: Log): Promise<void> {
  const late = AbortSignal.timeout(FLUSH_TIMEOUT_MS);
  await withTimeout(logout.flush(late), FLUSH_TIMEOUT_MS).catch((error: unknown) => {
    log.warn({ err: error }, 'final session save failed');
  });
}
