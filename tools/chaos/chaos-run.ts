import { setMaxListeners } from 'node:events';
import { type Sandbox, startSandbox } from 'telegram-sandbox';
import { seededDraw } from 'telegram-sandbox/testing';
import { connectDatabase } from '../../database/connect.ts';
import { openDocuments } from '../../redis/connect.ts';
import { startPostgres } from '../../tests/support/postgres-server.ts';
import { silentLog } from '../../tests/support/silent-log.ts';
import { BotProcesses } from './bot-processes.ts';
import { type Stores, checkArena, remainingInArena } from './check-arena.ts';
import { checkCharacters, checkScreens } from './check-characters.ts';
import { checkNextTap } from './check-next-tap.ts';
import { type Results, checkResults, findUnsaved } from './check-results.ts';
import type { Fault, Range } from './fault-plan.ts';
import { type FaultTargets, injectFaults } from './inject-faults.ts';
import { PersistentRedis } from './persistent-redis.ts';
import { playerName } from './player-name.ts';
import { type PlayerStats, SimulatedPlayer, emptyStats } from './simulated-player.ts';
import type { BotSettings } from './supervised-bot.ts';
import { pollForPersistent, pollUntilEmpty, withTimeout } from './timeouts.ts';
import { type Violation, describeViolation, violation } from './violation.ts';

export interface ChaosOptions {
  readonly seed: number;
  readonly players: number;
  /** The first receives updates; the others, if any, run waves and timers. */
  readonly bots: number;
  readonly durationMs: number;
  readonly intervalMs: Range;
  /** Within which all sessions must be saved; null: unsaved sessions are no violation. */
  readonly saveTimeoutMs: number | null;
  readonly print: (line: string) => void;
}

export interface ChaosResult {
  readonly players: number;
  readonly faults: readonly Fault[];
  readonly stats: PlayerStats;
  readonly errors: ReadonlyMap<string, number>;
  readonly unexpectedExits: readonly string[];
  /** Of each bot process, in the order of their starts. */
  readonly outputs: readonly string[];
  readonly results: Results;
  readonly phaseMs: ReadonlyMap<string, number>;
  readonly unsaved: number;
  readonly violations: readonly Violation[];
}

const TOKEN = '4747:token-of-a-chaos-run-on-this-machine';
/** To make a character and reach the arena; players who need longer do it under faults. */
const WARM_UP_MS = 6_000;
/** A claimed pair becomes a battle or waits again within 10 s; twice that, for a busy machine. */
const ARENA_TIMEOUT_MS = 20_000;
/** Longer than a player waits for an answer. */
const LAST_STEP_MS = 30_000;
const NEXT_TAPS_MS = 90_000;
/** Battles end by themselves after two idle turns of each side; twice that, and a margin. */
const IDLE_TURNS = 4;
const IDLE_MARGIN_MS = 30_000;
/** A session that is being saved is in neither list for a moment. */
const SAVE_GAP_MS = 10_000;
const CLOSE_MS = 20_000;
const START_MS = 60_000;

/** Of all players together, so that many players think longer. */
const TAPS_PER_S = 50;

interface Pacing {
  readonly thinkMs: Range;
  readonly turnMs: number;
  readonly settings: BotSettings;
}

/** Times of the game, short enough for everything to happen often, with time for two taps a turn. */
function pacingFor(players: number): Pacing {
  const thinkMs = Math.max(800, (players / TAPS_PER_S) * 1000);
  const turnMs = thinkMs * 3;
  return {
    thinkMs: { min: thinkMs * 0.4, max: thinkMs * 1.6 },
    turnMs,
    settings: {
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

type OnClose = (what: string, close: () => Promise<unknown>) => void;

/** Starts servers, bots and players, injects faults for a while, then checks all invariants. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const closing: { readonly what: string; readonly close: () => Promise<unknown> }[] = [];
  const phases = new Phases(options.print);
  try {
    const environment = await open(options, (what, close) => void closing.unshift({ what, close }));
    phases.end('start');
    return await run(options, environment, phases);
  } finally {
    for (const { what, close } of closing) {
      // One that hangs must not keep the others from being closed.
      await withTimeout(close(), { what, timeoutMs: CLOSE_MS }).catch((error: unknown) => {
        options.print(String(error));
      });
    }
  }
}

async function open(
  { players, bots: count }: ChaosOptions,
  onClose: OnClose,
): Promise<Environment> {
  const start = { what: 'start of PostgreSQL', timeoutMs: START_MS };
  const postgres = await withTimeout(startPostgres(), start);
  onClose('stop of PostgreSQL', () => postgres.stop());
  const redis = await PersistentRedis.start();
  onClose('stop of Redis', () => redis.stop());
  const sandbox = await startSandbox({ token: TOKEN });
  onClose('close of the sandbox', () => sandbox.close());
  const shared: BotSettings = {
    ...pacingFor(players).settings,
    NODE_ENV: 'production',
    BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: sandbox.url,
    REDIS_URL: redis.url,
    DATABASE_URL: postgres.url,
  };
  const bots = new BotProcesses(partsOf(count).map((parts) => ({ ...shared, ...parts })));
  onClose('kill of all bots', () => bots.killAll());
  await bots.waitUntilReady();
  const database = await connectDatabase({ url: postgres.url, dataDir: null, log: silentLog });
  onClose('close of the database', () => database.close());
  const { documents } = await openDocuments(redis.client, redis.url);
  const stores = { redis: redis.client, documents, db: database.db };
  return { sandbox, redis, postgres, bots, stores };
}

function partsOf(bots: number): BotSettings[] {
  if (bots === 1) return [{}];
  const worker = { ARENA_PARTS: 'waves,timers' };
  return [{ ARENA_PARTS: 'updates' }, ...Array.from({ length: bots - 1 }, () => worker)];
}

async function run(
  options: ChaosOptions,
  environment: Environment,
  phases: Phases,
): Promise<ChaosResult> {
  const { bots, stores } = environment;
  const stats = emptyStats();
  const ending = new AbortController();
  // Every player listens to it in every pause.
  setMaxListeners(0, ending.signal);
  const players = newPlayers(options, { environment, stats, over: ending.signal });
  const playing = Promise.all(players.map((one) => one.play()));
  await pollUntilEmpty(() => Promise.resolve(playersOutsideArena(players)), WARM_UP_MS);
  phases.end('warm-up');
  const { faults, failures } = await injectFaults(options, environment);
  phases.end('faults');
  await bots.waitUntilReady();
  ending.abort();
  await withTimeout(playing, { what: 'last step of every player', timeoutMs: LAST_STEP_MS });
  phases.end('recovery');

  const { results, unsaved, violations } = await check(options, { stores, players, phases });
  const exits = await bots.stop();
  phases.end('stop');
  const processFailures = [
    ...failures,
    ...exits.filter((code) => code !== 0).map((code) => `a bot exited with ${String(code)}`),
  ];
  return {
    ...{ players: players.length, faults, stats, results, unsaved },
    violations: [
      ...violations,
      ...processFailures.map((detail) => violation('every process exits cleanly', detail)),
    ],
    phaseMs: phases.durationsMs,
    errors: bots.errors(),
    outputs: bots.outputs(),
    unexpectedExits: bots.unexpectedExits(),
  };
}

function newPlayers(
  options: ChaosOptions,
  shared: {
    readonly environment: Environment;
    readonly stats: PlayerStats;
    readonly over: AbortSignal;
  },
): SimulatedPlayer[] {
  const { thinkMs } = pacingFor(options.players);
  const { environment, stats, over } = shared;
  return Array.from({ length: options.players }, (_, index) => {
    const name = playerName(index);
    const person = environment.sandbox.people.add({ firstName: name, languageCode: 'en' });
    const draw = seededDraw(options.seed + index);
    return new SimulatedPlayer(person, { name, stats, draw, thinkMs, over });
  });
}

function playersOutsideArena(players: readonly SimulatedPlayer[]): string[] {
  return players
    .filter((one) => !one.hasReachedArena)
    .map(({ person }) => person.profile.firstName);
}

interface CheckTargets {
  readonly stores: Stores;
  readonly players: readonly SimulatedPlayer[];
  readonly phases: Phases;
}

async function check(options: ChaosOptions, { stores, players, phases }: CheckTargets) {
  const { saveTimeoutMs } = options;
  const persistent = { timeoutMs: ARENA_TIMEOUT_MS, nameOf: describeViolation };
  const arena = await pollForPersistent(() => checkArena(stores), persistent);
  phases.end('arena');
  const taps = Promise.all(players.map(({ person }) => checkNextTap(stores.redis, person)));
  const timeout = { what: 'one more tap of every player', timeoutMs: NEXT_TAPS_MS };
  const unanswered = (await withTimeout(taps, timeout)).flatMap((one) => one ?? []);
  const screens = checkScreens(players);
  phases.end('next taps');
  const idleMs = IDLE_MARGIN_MS + IDLE_TURNS * pacingFor(options.players).turnMs;
  const remaining = await pollUntilEmpty(() => remainingInArena(stores), idleMs);
  phases.end('idle');
  const lost = await pollForPersistent(async () => (await findUnsaved(stores)).lost, {
    ...{ timeoutMs: SAVE_GAP_MS, nameOf: describeViolation },
  });
  const dirty = await pollUntilEmpty(
    async () => (await findUnsaved(stores)).dirty,
    saveTimeoutMs ?? 0,
  );
  phases.end('saved');
  const results = await checkResults(stores);
  const characters = await checkCharacters(stores, players);
  const late = await pollForPersistent(() => checkArena(stores), persistent);
  phases.end('results');
  const violations = [
    ...arena,
    ...screens,
    ...characters,
    ...unanswered.map((detail) => violation('every next tap answered', detail)),
    ...remaining.map((detail) => violation('every battle ends', `left in the arena: ${detail}`)),
    ...lost,
    ...(saveTimeoutMs === null ? [] : dirty.map((one) => violation('every session saved', one))),
    ...results.violations,
    ...late.map(({ invariant, detail }) => violation(invariant, `at the end ${detail}`)),
  ];
  return { results, unsaved: dirty.length, violations };
}

class Phases {
  readonly durationsMs = new Map<string, number>();
  readonly #print: (line: string) => void;
  #startedMs = performance.now();

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  end(name: string): void {
    const nowMs = performance.now();
    const tookMs = nowMs - this.#startedMs;
    this.durationsMs.set(name, tookMs);
    this.#print(`— ${name}: ${(tookMs / 1000).toFixed(1)} s`);
    this.#startedMs = nowMs;
  }
}
