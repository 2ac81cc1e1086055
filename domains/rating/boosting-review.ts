import {
  REVIEW_CIRCLE,
  REVIEW_CIRCLE_SHARE,
  REVIEW_DAYS,
} from '../../resources/numbers/fair-play.ts';
import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import { DAY_MS } from '../core/day.ts';
import type { Log } from '../core/log.ts';

/** When battles of two users are flagged. */
export * as reviewLimits from '../../resources/numbers/fair-play.ts';

/** Why the battles of two users deserve a look. Stored, so they never change. */
export const flagKinds = [
  'pair_share',
  'alternating_wins',
  'short_losses',
  'closed_circle',
] as const;
export type FlagKind = (typeof flagKinds)[number];

/** For an operator, who decides; nothing follows from it by itself. */
export interface Flag {
  readonly kind: FlagKind;
  /** Who gains by it, or lost early; of equal ones the lower id. */
  readonly userId: number;
  readonly otherUserId: number;
  /** Counts; names nobody. */
  readonly evidence: Readonly<Record<string, number>>;
}

/** How often a user fought another one. */
export interface Fought {
  readonly userId: number;
  readonly otherUserId: number;
  readonly battles: number;
}

export interface BoostingFlags {
  /** Flags what is seen in the battles since then; answers how many flags are new. */
  review(sinceMs: number): Promise<number>;
}

const LEAST_CIRCLE = 3;

/**
 * One flag for each two who fought in a circle of users who fight nobody else. `fought`: of the users with few
 * opponents, all battles of each.
 */
export function circleFlags(fought: readonly Fought[], allUsers: number): Flag[] {
  const opponents = opponentsIn(fought);
  const seen = new Set<number>();
  return [...opponents.keys()].flatMap((userId) => {
    if (seen.has(userId)) return [];
    const circle = reachedFrom(userId, opponents);
    for (const one of circle) seen.add(one);
    const isClosed = [...circle].every((one) => opponents.has(one));
    const isSmall = circle.size <= Math.min(REVIEW_CIRCLE, allUsers * REVIEW_CIRCLE_SHARE);
    return isClosed && isSmall && circle.size >= LEAST_CIRCLE ? flagsOf(circle, fought) : [];
  });
}

function opponentsIn(fought: readonly Fought[]): ReadonlyMap<number, readonly number[]> {
  const opponents = new Map<number, number[]>();
  for (const { userId, otherUserId } of fought)
    opponents.set(userId, [...(opponents.get(userId) ?? []), otherUserId]);
  return opponents;
}

function reachedFrom(
  userId: number,
  opponents: ReadonlyMap<number, readonly number[]>,
): ReadonlySet<number> {
  const reached = new Set([userId]);
  // Those added meanwhile are visited, too.
  for (const one of reached) for (const other of opponents.get(one) ?? []) reached.add(other);
  return reached;
}

function flagsOf(circle: ReadonlySet<number>, fought: readonly Fought[]): Flag[] {
  const pairs = fought.filter((one) => circle.has(one.userId) && one.userId < one.otherUserId);
  return pairs.map(({ battles, ...pair }) => ({
    kind: 'closed_circle',
    ...pair,
    evidence: { battles, members: circle.size },
  }));
}

export interface BoostingReviewDeps {
  readonly flags: BoostingFlags;
  readonly clock: Clock;
  readonly log: Log;
}

/** Looks for boosting. Any number of processes may run it: a flag is written once. */
export class BoostingReview {
  readonly #deps: BoostingReviewDeps;
  readonly #breaker: CircuitBreaker;

  constructor(deps: BoostingReviewDeps) {
    this.#deps = deps;
    this.#breaker = new CircuitBreaker({ ...deps, events: null });
  }

  async work(): Promise<void> {
    const { flags, clock, log } = this.#deps;
    const sinceMs = clock.now() - REVIEW_DAYS * DAY_MS;
    const found = await this.#breaker.call(() => flags.review(sinceMs));
    if (found.kind === 'answered' && found.value > 0)
      log.info({ count: found.value }, 'battles flagged for review');
  }
}
