import { Sample } from '../bench/sample.ts';
import type { SearchOutcome } from './simulated-arena.ts';

/** What a number of searches came to. */
export interface SearchMetrics {
  readonly searches: number;
  readonly shadowShare: number;
  readonly waitedMs: Sample;
  /** Of those who met a human. */
  readonly difference: Sample;
  /** The difference as a share of the weaker one's GearScore. */
  readonly unlikeness: Sample;
  /** Of those who met a human: who met the last one again. */
  readonly rematchShare: number;
  /** Of all searches: those that led to a human whom one may beat and lose to. */
  readonly goodShare: number;
  /** Of all searches: those that led to a duel decided beforehand. */
  readonly hopelessShare: number;
}

export function metricsOf(fates: readonly SearchOutcome[]): SearchMetrics {
  const waitedMs = new Sample();
  const difference = new Sample();
  const unlikeness = new Sample();
  let [again, good, hopeless] = [0, 0, 0];
  for (const { arrival, opponent, isAgain, waitedMs: ms } of fates) {
    waitedMs.add(ms);
    if (opponent === null) continue;
    const apart = Math.abs(arrival.gs - opponent.gs);
    difference.add(apart);
    const share = apart / Math.min(arrival.gs, opponent.gs);
    unlikeness.add(share);
    good += share <= GOOD_DIFFERENCE ? 1 : 0;
    hopeless += share > HOPELESS_DIFFERENCE ? 1 : 0;
    again += isAgain ? 1 : 0;
  }
  const humans = difference.count;
  return {
    searches: fates.length,
    shadowShare: shareOf(fates.length - humans, fates.length),
    ...{ waitedMs, difference, unlikeness },
    rematchShare: shareOf(again, humans),
    goodShare: shareOf(good, fates.length),
    hopelessShare: shareOf(hopeless, fates.length),
  };
}

/**
 * A human as far from oneself as this, and the weaker one still wins a duel in five; farther than
 * that, hardly one in ten. `npm run simulate` prints what a difference is worth.
 */
export const GOOD_DIFFERENCE = 0.2;
const HOPELESS_DIFFERENCE = 0.3;

/** Of fewer humans nothing is said. */
const ENOUGH = 100;

/** Scenarios weigh alike, however many came: nobody knows which of them an arena will be. */
export interface Overall {
  readonly shadowShare: number;
  readonly waitP50Ms: number;
  readonly waitP95Ms: number;
  /** null where hardly anybody met a human. */
  readonly unlikenessP50: number | null;
  readonly unlikenessP95: number | null;
  readonly goodShare: number;
  readonly hopelessShare: number;
}

export function overallOf(scenarios: readonly SearchMetrics[]): Overall {
  const mean = (figure: (one: SearchMetrics) => number) => new Sample(scenarios.map(figure)).mean;
  const humans = scenarios.filter(({ unlikeness }) => unlikeness.count >= ENOUGH);
  const meanOfHumans = (figure: (one: SearchMetrics) => number) =>
    humans.length === 0 ? null : new Sample(humans.map(figure)).mean;
  return {
    shadowShare: mean((one) => one.shadowShare),
    waitP50Ms: mean((one) => one.waitedMs.at(0.5)),
    waitP95Ms: mean((one) => one.waitedMs.at(0.95)),
    unlikenessP50: meanOfHumans((one) => one.unlikeness.at(0.5)),
    unlikenessP95: meanOfHumans((one) => one.unlikeness.at(0.95)),
    goodShare: mean((one) => one.goodShare),
    hopelessShare: mean((one) => one.hopelessShare),
  };
}

function shareOf(part: number, all: number): number {
  return all === 0 ? 0 : part / all;
}
