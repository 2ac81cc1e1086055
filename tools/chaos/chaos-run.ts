import { setMaxListeners } from 'node:events';
import { seededDraw } from 'telegram-sandbox/testing';
import type { ChaosOptions } from './chaos-options.ts';
import { type Environment, type OnClose, openEnvironment } from './environment.ts';
import type { Fault } from './fault-plan.ts';
import { giveBelongings } from './give-belongings.ts';
import { injectFaults } from './inject-faults.ts';
import { pacingFor } from './pacing.ts';
import { Phases } from './phases.ts';
import { playerName } from './player-name.ts';
import { type TurnCounts, checkIdle, checkPlay, checkStored } from './run-checks.ts';
import type { EarningsCheck } from './check-earnings.ts';
import type { WorldCheck } from './check-world.ts';
import type { RatingsCheck } from './check-ratings.ts';
import type { Results } from './check-results.ts';
import { type PlayerStats, SimulatedPlayer, emptyStats } from './simulated-player.ts';
import { pollUntilEmpty, withTimeout } from './timeouts.ts';
import { type Violation, violation } from './violation.ts';

export interface ChaosResult {
  readonly players: number;
  readonly faults: readonly Fault[];
  readonly stats: PlayerStats;
  /** How many players chose a language before the faults. */
  readonly languages: number;
  readonly errors: ReadonlyMap<string, number>;
  readonly unexpectedExits: readonly string[];
  /** Of each bot process, in the order of their starts. */
  readonly outputs: readonly string[];
  readonly results: Results;
  readonly earnings: EarningsCheck;
  readonly ratings: RatingsCheck;
  readonly world: WorldCheck;
  readonly turns: TurnCounts;
  readonly phaseMs: ReadonlyMap<string, number>;
  readonly unsaved: number;
  readonly violations: readonly Violation[];
}

/** To make a character and reach the arena; players who need longer do it under faults. */
const WARM_UP_MS = 6_000;
/** Longer than a player waits for an answer. */
const LAST_STEP_MS = 30_000;
/** One in so many players chooses a language. */
const LANGUAGE_EVERY = 4;
/** One in so many players only duels. */
const DUELIST_EVERY = 4;
const CLOSE_MS = 20_000;

/** Starts servers, bots and players, injects faults for a while, then checks all invariants. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const closing: { readonly what: string; readonly close: () => Promise<unknown> }[] = [];
  const onClose: OnClose = (what, close) => void closing.unshift({ what, close });
  const phases = new Phases(options.print);
  try {
    const environment = await openEnvironment(options, onClose);
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

async function run(
  options: ChaosOptions,
  environment: Environment,
  phases: Phases,
): Promise<ChaosResult> {
  const { bots } = environment;
  const stats = emptyStats();
  const { players, withLanguage, faults, failures } = await play(options, {
    environment,
    stats,
    phases,
  });
  const inPlay = await checkPlay(environment.stores, { players, phases });
  const idle = await checkIdle(environment.stores, options, phases);
  const exits = await bots.stop();
  phases.end('stop');
  const stored = await checkStored(environment, { options, players, withLanguage });
  phases.end('results');
  const processFailures = [
    ...failures,
    ...exits.filter((code) => code !== 0).map((code) => `a bot exited with ${String(code)}`),
  ].map((detail) => violation('every process exits cleanly', detail));
  return {
    players: players.length,
    faults,
    stats,
    unsaved: idle.unsaved,
    results: stored.results,
    earnings: stored.earnings,
    turns: stored.turns,
    ratings: stored.ratings,
    world: stored.world,
    languages: withLanguage.length,
    violations: [...inPlay, ...idle.violations, ...stored.violations, ...processFailures],
    phaseMs: phases.durationsMs,
    errors: bots.errors(),
    outputs: bots.outputs(),
    unexpectedExits: bots.unexpectedExits(),
  };
}

interface Play {
  readonly environment: Environment;
  readonly stats: PlayerStats;
  readonly phases: Phases;
}

async function play(options: ChaosOptions, { environment, stats, phases }: Play) {
  const ending = new AbortController();
  // Every player listens to it in every pause.
  setMaxListeners(0, ending.signal);
  const players = newPlayers(options, { environment, stats, over: ending.signal });
  const playing = Promise.all(players.map((one) => one.play()));
  await pollUntilEmpty(() => Promise.resolve(playersOutsideArena(players)), WARM_UP_MS);
  const { db } = environment.stores;
  if (db !== null) await giveBelongings(db);
  phases.end('warm-up');
  // A choice under faults may be lost before it is stored.
  const withLanguage = players.filter(({ hasOwnLanguage }) => hasOwnLanguage);
  const { faults, failures } = await injectFaults(options, environment);
  phases.end('faults');
  await environment.bots.waitUntilReady();
  ending.abort();
  await withTimeout(playing, { what: 'last step of every player', timeoutMs: LAST_STEP_MS });
  phases.end('recovery');
  return { players, withLanguage, faults, failures };
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
    const habits = {
      choosesLanguage: index % LANGUAGE_EVERY === 0,
      walks: index % DUELIST_EVERY !== 1,
    };
    return new SimulatedPlayer(person, { name, stats, draw, thinkMs, over, ...habits });
  });
}

function playersOutsideArena(players: readonly SimulatedPlayer[]): string[] {
  return players
    .filter((one) => !one.hasReachedArena)
    .map(({ person }) => person.profile.firstName);
}
