import { Sample } from '../bench/sample.ts';
import type { SearchOutcome } from './simulated-arena.ts';

export interface SearchMetrics {
  readonly searches: number;
  readonly shadowShare: number;
  readonly waitedMs: Sample;
  readonly difference: Sample;
  /** The difference as a share of the weaker player's GearScore. */
  readonly relativeDifference: Sample;
  /** Of searches that met a human: those that met the last opponent again. */
  readonly rematchShare: number;
  /** Of all searches: those that met a human within GOOD_DIFFERENCE. */
  readonly goodShare: number;
  /** Of all searches: those that met a human beyond HOPELESS_DIFFERENCE. */
  readonly hopelessShare: number;
}

export function metricsOf(outcomes: readonly SearchOutcome[]): SearchMetrics {
  const waitedMs = new Sample();
  const difference = new Sample();
  const relativeDifference = new Sample();
  let [rematches, good, hopeless] = [0, 0, 0];
  for (const { arrival, opponent, isRematch, waitedMs: ms } of outcomes) {
    waitedMs.add(ms);
    if (opponent === null) continue;
    const gsDifference = Math.abs(arrival.gs - opponent.gs);
    difference.add(gsDifference);
    const share = gsDifference / Math.min(arrival.gs, opponent.gs);
    relativeDifference.add(share);
    good += share <= GOOD_DIFFERENCE ? 1 : 0;
    hopeless += share > HOPELESS_DIFFERENCE ? 1 : 0;
    rematches += isRematch ? 1 : 0;
  }
  const humans = difference.count;
  return {
    searches: outcomes.length,
    shadowShare: shareOf(outcomes.length - humans, outcomes.length),
    waitedMs,
    difference,
    relativeDifference,
    rematchShare: shareOf(rematches, humans),
    goodShare: shareOf(good, outcomes.length),
    hopelessShare: shareOf(hopeless, outcomes.length),
  };
}

/**
 * Up to GOOD_DIFFERENCE the weaker player wins at least one duel in five, beyond HOPELESS_DIFFERENCE
 * hardly one in ten. `npm run simulate` prints the win rates.
 */
export const GOOD_DIFFERENCE = 0.2;
const HOPELESS_DIFFERENCE = 0.3;

/** Scenarios with fewer human opponents say nothing about differences. */
const MIN_HUMANS = 100;

/** Means over scenarios; all weigh the same, since any of them may be the real arena. */
export interface Overall {
  readonly shadowShare: number;
  readonly waitP50Ms: number;
  readonly waitP95Ms: number;
  /** null if too few searches met a human. */
  readonly relativeP50: number | null;
  readonly relativeP95: number | null;
  readonly goodShare: number;
  readonly hopelessShare: number;
}

export function overallOf(scenarios: readonly SearchMetrics[]): Overall {
  const mean = (valueOf: (one: SearchMetrics) => number) => new Sample(scenarios.map(valueOf)).mean;
  const humans = scenarios.filter(
    ({ relativeDifference }) => relativeDifference.count >= MIN_HUMANS,
  );
  const meanOfHumans = (valueOf: (one: SearchMetrics) => number) =>
    humans.length === 0 ? null : new Sample(humans.map(valueOf)).mean;
  return {
    shadowShare: mean((one) => one.shadowShare),
    waitP50Ms: mean((one) => one.waitedMs.at(0.5)),
    waitP95Ms: mean((one) => one.waitedMs.at(0.95)),
    relativeP50: meanOfHumans((one) => one.relativeDifference.at(0.5)),
    relativeP95: meanOfHumans((one) => one.relativeDifference.at(0.95)),
    goodShare: mean((one) => one.goodShare),
    hopelessShare: mean((one) => one.hopelessShare),
  };
}

function shareOf(part: number, all: number): number {
  return all === 0 ? 0 : part / all;
}
