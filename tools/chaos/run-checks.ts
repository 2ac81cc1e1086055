import { BattleHistory } from './battle-history.ts';
import type { ChaosOptions } from './chaos-options.ts';
import { type Stores, checkArena, remainingInArena } from './check-arena.ts';
import { type EarningsCheck, checkEarnings, pendingRewards } from './check-earnings.ts';
import { checkCharacters, checkLanguages, checkScreens } from './check-characters.ts';
import { checkNextTap } from './check-next-tap.ts';
import { type RatingsCheck, checkRatings } from './check-ratings.ts';
import { type Results, checkResults } from './check-results.ts';
import { dirtySessions, findUnsaved } from './check-sessions.ts';
import type { Environment } from './environment.ts';
import { checkStandings } from './check-standings.ts';
import { type WorldCheck, checkEncounters, checkWorld } from './check-world.ts';
import { type LostTurns, describeTurn, lostTurns } from './lost-turns.ts';
import { pacingFor } from './pacing.ts';
import type { Phases } from './phases.ts';
import type { SimulatedPlayer } from './simulated-player.ts';
import { pollForPersistent, pollUntilEmpty, withTimeout } from './timeouts.ts';
import { type Violation, describeViolation, violation } from './violation.ts';

/** A claimed pair becomes a battle or waits again within 10 s; twice that, for a busy machine. */
const ARENA_TIMEOUT_MS = 20_000;
const NEXT_TAPS_MS = 90_000;
/** Battles end by themselves after two idle turns of each side; twice that, and a margin. */
const IDLE_TURNS = 4;
const IDLE_MARGIN_MS = 30_000;
/** A tap that was answered may join the queue after its answer, on a busy machine seconds later. */
const QUIET_MS = 5_000;
/** A failed handler is repeated after 10, 20 and 40 s. */
const PENDING_TIMEOUT_MS = 90_000;

/** While the bots run and battles go on: places, and one more tap of every player. */
export async function checkPlay(
  stores: Stores,
  { players, phases }: { readonly players: readonly SimulatedPlayer[]; readonly phases: Phases },
): Promise<Violation[]> {
  const timeouts = { timeoutMs: ARENA_TIMEOUT_MS, nameOf: describeViolation };
  const arena = await pollForPersistent(() => checkArena(stores), timeouts);
  const encounters = await pollForPersistent(() => checkEncounters(stores), timeouts);
  phases.end('arena');
  const taps = Promise.all(players.map(({ person }) => checkNextTap(stores, person)));
  const timeout = { what: 'one more tap of every player', timeoutMs: NEXT_TAPS_MS };
  const unanswered = (await withTimeout(taps, timeout)).flatMap((one) => one ?? []);
  const screens = checkScreens(players);
  phases.end('next taps');
  return [
    ...[...arena, ...encounters],
    ...screens,
    ...unanswered.map((detail) => violation('every next tap answered', detail)),
  ];
}

/** Once nobody taps any more: every battle ends, and everything is saved. */
export async function checkIdle(
  stores: Stores,
  { players, saveTimeoutMs }: ChaosOptions,
  phases: Phases,
): Promise<{ readonly unsaved: number; readonly violations: Violation[] }> {
  const idleMs = IDLE_MARGIN_MS + IDLE_TURNS * pacingFor(players).rules.turnMs;
  const remaining = await pollUntilEmpty(() => remainingInArena(stores), idleMs, QUIET_MS);
  phases.end('idle');
  const dirty = await pollUntilEmpty(() => dirtySessions(stores), saveTimeoutMs ?? 0);
  phases.end('saved');
  // Those that are left are reported with the results.
  const { db } = stores;
  if (db !== null) await pollUntilEmpty(() => pendingRewards(db), PENDING_TIMEOUT_MS);
  const violations = [
    ...remaining.map((detail) => violation('every battle ends', `left in the arena: ${detail}`)),
    ...(saveTimeoutMs === null ? [] : dirty.map((one) => violation('every session saved', one))),
  ];
  return { unsaved: dirty.length, violations };
}

export interface TurnCounts extends LostTurns {
  /** How many turns ended by the clock. */
  readonly clocked: number;
  /** How many writes of battles are unknown. */
  readonly unseen: number;
  /** How many battles were lost with everything in Redis before they had ended. */
  readonly lostBattles: number;
}

interface StoredCheck {
  readonly earnings: EarningsCheck;
  readonly ratings: RatingsCheck;
  readonly results: Results;
  readonly turns: TurnCounts;
  readonly world: WorldCheck;
  readonly violations: Violation[];
}

/** Once the bots have ended: what is stored, against what was fought and chosen. */
export async function checkStored(
  environment: Environment,
  run: {
    readonly options: ChaosOptions;
    readonly players: readonly SimulatedPlayer[];
    /** Who chose a language before the faults. */
    readonly withLanguage: readonly SimulatedPlayer[];
  },
): Promise<StoredCheck> {
  const { rules } = pacingFor(run.options.players);
  const { redis, outages } = environment;
  const stores = {
    ...environment.stores,
    db: environment.stores.db ?? (await environment.openDatabase()),
  };
  const history = new BattleHistory(redis.writes(), rules);
  const turns = lostTurns(history.clockedTurns, outages.all(), rules.turnMs);
  const results = await checkResults(stores, history);
  const violations = [
    ...turns.lost.map((turn) => violation('no turn lost in an outage', describeTurn(turn))),
    ...(await findUnsaved(stores, history)),
    ...(await checkStandings(stores.db)),
    ...results.violations,
    ...(await checkCharacters(stores, run.players)),
    ...(await checkLanguages(stores, run.withLanguage)),
    ...(await checkArena(stores)).map(({ invariant, detail }) =>
      violation(invariant, `at the end ${detail}`),
    ),
  ];
  const ratings = await checkRatings(stores.db, (id) => history.isOfOlderRelease(id));
  const earnings = await checkEarnings(stores, history);
  const world = await checkWorld(stores);
  return {
    results,
    earnings,
    ratings,
    world,
    turns: {
      ...turns,
      clocked: history.clockedTurns.length,
      unseen: history.unseen,
      lostBattles: history.lostRunning,
    },
    violations: [violations, earnings.violations, ratings.violations, world.violations].flat(),
  };
}
