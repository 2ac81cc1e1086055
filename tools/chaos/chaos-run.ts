import { setMaxListeners } from 'node:events';
import { type Sandbox, startSandbox } from 'telegram-sandbox';
import { seededDraw } from 'telegram-sandbox/testing';
import { connectDatabase } from '../../database/connect.ts';
import { openDocuments } from '../../redis/connect.ts';
import { startPostgres } from '../../tests/support/postgres-server.ts';
import { silentLog } from '../../tests/support/silent-log.ts';
import { BotProcesses } from './bot-processes.ts';
import type { BotSettings } from './supervised-bot.ts';
import { type Stores, checkArena, remainingInArena } from './check-arena.ts';
import { checkCharacters, checkScreens } from './check-characters.ts';
import { type Results, checkResults, findUnsaved } from './check-results.ts';
import type { Fault, Range } from './fault-plan.ts';
import { type FaultTargets, injectFaults } from './inject-faults.ts';
import { PersistentRedis } from './persistent-redis.ts';
import { playerName } from './player-name.ts';
import { checkNextTap } from './check-next-tap.ts';
import { withTimeout, pollUntilEmpty, pollForPersistent } from './timeouts.ts';
import { type PlayerStats, SimulatedPlayer, emptyStats } from './simulated-player.ts';
import { type Violation, describeViolation, violation } from './violation.ts';

export interface ChaosOptions {
  readonly seed: number;
  readonly players: number;
  /** One hears Telegram and, if it is alone, does all the rest as well. */
  readonly bots: number;
  /** How long faults are inflicted. */
  readonly forMs: number;
  /** Between the beginnings of two faults. */
  readonly pauseMs: Range;
  /** How long everything that is owed to the database may take; null: it may be owed at the end. */
  readonly savedMs: number | null;
  /** Told of each fault as it begins. */
  readonly tell: (line: string) => void;
}

/** What was found when it was over. */
export interface ChaosResult {
  readonly players: number;
  readonly inflicted: readonly Fault[];
  readonly experience: PlayerStats;
  readonly errors: ReadonlyMap<string, number>;
  readonly unaskedEnds: readonly string[];
  /** Of each process, in the order of their starts. */
  readonly outputs: readonly string[];
  readonly results: Results;
  /** How long everything took, in order. */
  readonly tookMs: ReadonlyMap<string, number>;
  readonly owed: number;
  readonly wrongs: readonly Violation[];
}

const TOKEN = '4747:token-of-an-ordeal-on-this-machine';
/** For everybody to make a character and find the arena; whoever needs longer does it under fire. */
const WARM_UP_MS = 6_000;
/** Within 10 s a claimed pair is a battle, or waits again; as much again for a busy machine. */
const NOBODY_LOST_MS = 20_000;
/** A player who waits for an answer gives up long before. */
const LAST_STEP_MS = 30_000;
const NEXT_TAPS_MS = 90_000;
/** Battles end by themselves after the idle turns of both; as much again, and for a busy machine. */
const SILENT_TURNS = 4;
const SILENCE_MS = 30_000;
/** Every write is under way for a moment between ledger and database. */
const UNDER_WAY_MS = 10_000;
const CLOSE_MS = 20_000;
const START_MS = 60_000;

/** So many taps a second are a crowd and no flood: of many, each thinks longer. */
const TAPS_PER_S = 50;

interface Pacing {
  readonly thinksMs: Range;
  readonly turnMs: number;
  readonly game: BotSettings;
}

/** The game's times, short enough for everything to happen often, long enough for two taps a turn. */
function pacingFor(players: number): Pacing {
  const thinkMs = Math.max(800, (players / TAPS_PER_S) * 1000);
  const turnMs = thinkMs * 3;
  return {
    thinksMs: { least: thinkMs * 0.4, most: thinkMs * 1.6 },
    turnMs,
    game: {
      ARENA_TURN_S: String(turnMs / 1000),
      ARENA_IDLE_TURNS: '2',
      ARENA_SHADOW_AFTER_S: '3',
      ARENA_WAVE_S: '0.5',
      ARENA_SAVE_S: '1',
    },
  };
}

interface Environment extends FaultTargets {
  readonly sandbox: Sandbox;
  readonly stores: Stores;
}

/** Bots, Redis, database, players: faults are inflicted for a while, then all is counted. */
export async function runChaos(wish: ChaosOptions): Promise<ChaosResult> {
  const closing: { readonly what: string; readonly close: () => Promise<unknown> }[] = [];
  const keep = (what: string, close: () => Promise<unknown>) => {
    closing.unshift({ what, close });
  };
  const stopwatch = new Stopwatch(wish.tell);
  try {
    const world = await open(wish, keep);
    stopwatch.lap('start');
    return await live(wish, world, stopwatch);
  } finally {
    for (const { what, close } of closing) {
      // Whatever does not end must not keep the others from ending.
      await withTimeout(close(), { what, withinMs: CLOSE_MS }).catch((error: unknown) => {
        wish.tell(String(error));
      });
    }
  }
}

async function open(
  { players, bots }: ChaosOptions,
  keep: (what: string, close: () => Promise<unknown>) => void,
): Promise<Environment> {
  const postgres = await withTimeout(startPostgres(), {
    what: 'PostgreSQL was up',
    withinMs: START_MS,
  });
  keep('PostgreSQL was stopped', () => postgres.stop());
  const redis = await PersistentRedis.start();
  keep('Redis was stopped', () => redis.stop());
  const sandbox = await startSandbox({ token: TOKEN });
  keep('the sandbox was closed', () => sandbox.close());
  const shared: BotSettings = {
    ...pacingFor(players).game,
    NODE_ENV: 'production',
    BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: sandbox.url,
    REDIS_URL: redis.url,
    DATABASE_URL: postgres.url,
  };
  const crew = new BotProcesses(partsOf(bots).map((parts) => ({ ...shared, ...parts })));
  keep('all bots were killed', () => crew.killAll());
  await crew.waitUntilReady();
  const database = await connectDatabase({ url: postgres.url, dataDir: null, log: silentLog });
  keep('the database was left', () => database.close());
  const { documents } = await openDocuments(redis.client, redis.url);
  const stores = { redis: redis.client, documents, db: database.db };
  return { sandbox, redis, postgres, crew, stores };
}

function partsOf(bots: number): BotSettings[] {
  if (bots === 1) return [{}];
  const worker = { ARENA_PARTS: 'waves,timers' };
  return [{ ARENA_PARTS: 'updates' }, ...Array.from({ length: bots - 1 }, () => worker)];
}

async function live(
  wish: ChaosOptions,
  world: Environment,
  stopwatch: Stopwatch,
): Promise<ChaosResult> {
  const { crew, stores } = world;
  const experience = emptyStats();
  const ending = new AbortController();
  // Everybody listens for it, with each thought.
  setMaxListeners(0, ending.signal);
  const players = newPlayers(wish, { world, experience, over: ending.signal });
  const playing = Promise.all(players.map((one) => one.play()));
  await pollUntilEmpty(() => Promise.resolve(playersOutsideArena(players)), WARM_UP_MS);
  stopwatch.lap('warm-up');
  const { inflicted, failures } = await injectFaults(wish, world);
  stopwatch.lap('faults');
  await crew.waitUntilReady();
  ending.abort();
  await withTimeout(playing, {
    what: 'every player had taken his last step',
    withinMs: LAST_STEP_MS,
  });
  stopwatch.lap('getting up');

  const { results, owed, wrongs } = await count(wish, { stores, players, stopwatch });
  const exits = await crew.stop();
  stopwatch.lap('stop');
  const disorder = [
    ...failures,
    ...exits.filter((code) => code !== 0).map((code) => `a bot ended with ${String(code)}`),
  ];
  return {
    ...{ players: players.length, inflicted, experience, results, owed },
    wrongs: [...wrongs, ...disorder.map((one) => violation('every process in order', one))],
    tookMs: stopwatch.laps,
    errors: crew.errors(),
    outputs: crew.outputs(),
    unaskedEnds: crew.unexpectedExits(),
  };
}

function newPlayers(
  wish: ChaosOptions,
  around: {
    readonly world: Environment;
    readonly experience: PlayerStats;
    readonly over: AbortSignal;
  },
): SimulatedPlayer[] {
  const { thinksMs } = pacingFor(wish.players);
  const { world, experience, over } = around;
  return Array.from({ length: wish.players }, (_, index) => {
    const name = playerName(index);
    const person = world.sandbox.people.add({ firstName: name, languageCode: 'en' });
    const chance = seededDraw(wish.seed + index);
    return new SimulatedPlayer(person, { name, experience, chance, thinksMs, over });
  });
}

function playersOutsideArena(players: readonly SimulatedPlayer[]): string[] {
  return players
    .filter((one) => !one.hasReachedArena)
    .map(({ person }) => person.profile.firstName);
}

interface Counted {
  readonly stores: Stores;
  readonly players: readonly SimulatedPlayer[];
  readonly stopwatch: Stopwatch;
}

async function count(wish: ChaosOptions, { stores, players, stopwatch }: Counted) {
  const { savedMs } = wish;
  const arenaNow = () => checkArena(stores);
  const repositories = { withinMs: NOBODY_LOST_MS, nameOf: describeViolation };
  const arena = await pollForPersistent(arenaNow, repositories);
  stopwatch.lap('arena');
  const taps = Promise.all(players.map(({ person }) => checkNextTap(stores.redis, person)));
  const wait = { what: 'every player had tapped once more', withinMs: NEXT_TAPS_MS };
  const unanswered = (await withTimeout(taps, wait)).flatMap((one) => one ?? []);
  const screens = checkScreens(players);
  stopwatch.lap('next taps');
  const silenceMs = SILENCE_MS + SILENT_TURNS * pacingFor(wish.players).turnMs;
  const silence = await pollUntilEmpty(() => remainingInArena(stores), silenceMs);
  stopwatch.lap('silence');
  const forgotten = await pollForPersistent(async () => (await findUnsaved(stores)).forgotten, {
    ...{ withinMs: UNDER_WAY_MS, nameOf: describeViolation },
  });
  const owed = await pollUntilEmpty(async () => (await findUnsaved(stores)).owed, savedMs ?? 0);
  stopwatch.lap('saved');
  const results = await checkResults(stores);
  const characters = await checkCharacters(stores, players);
  const late = await pollForPersistent(arenaNow, repositories);
  stopwatch.lap('results');
  const wrongs = [
    ...arena.found,
    ...screens,
    ...characters,
    ...unanswered.map((what) => violation('every next tap answered', what)),
    ...silence.found.map((what) => violation('every battle ends', `left in the arena: ${what}`)),
    ...forgotten.found,
    ...(savedMs === null ? [] : owed.found.map((what) => violation('every session saved', what))),
    ...results.wrongs,
    ...late.found.map(({ rule, what }) => violation(rule, `at the end ${what}`)),
  ];
  return { results, owed: owed.found.length, wrongs };
}

/** How long everything takes, told as it goes. */
class Stopwatch {
  readonly laps = new Map<string, number>();
  readonly #tell: (line: string) => void;
  #lastMs = performance.now();

  constructor(tell: (line: string) => void) {
    this.#tell = tell;
  }

  lap(name: string): void {
    const nowMs = performance.now();
    this.laps.set(name, nowMs - this.#lastMs);
    this.#tell(`— ${name}: ${((nowMs - this.#lastMs) / 1000).toFixed(1)} s`);
    this.#lastMs = nowMs;
  }
}
