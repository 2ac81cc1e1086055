import { seededDraw } from 'telegram-sandbox/testing';
import { shownNumber } from '../../domains/combat/battle-rating.ts';
import { PAIR_WINDOW_H } from '../../domains/core/pair-damping.ts';
import { ratingChanges } from '../../domains/rating/battle-rating.ts';
import { type ReliabilityTable, calibrated } from '../../domains/rating/calibration.ts';
import { type LadderStanding, newcomer } from '../../domains/rating/standing.ts';
import { BETA, CALIBRATION_BATTLES, START_SIGMA } from '../../resources/numbers/rating.ts';
import type { ArenaRules } from '../../domains/arena/matchmaking.ts';
import { gearedScore } from './geared-scores.ts';
import { simulateArena } from './simulated-arena.ts';
import { type Arrival, gaussian } from './simulated-arrivals.ts';

export interface RatingOptions {
  readonly players: number;
  /** Searches of each; nearly all find a human. */
  readonly battles: number;
  readonly seed: number;
}

/** A prediction before a battle, for one side. */
interface Prediction {
  readonly chance: number;
  /** By the table of all battles before. */
  readonly corrected: number;
  readonly score: number;
}

export interface RatedPopulation {
  readonly battles: number;
  /** Spearman's, between hidden skill and rating, after each third of the battles. */
  readonly correlations: readonly number[];
  readonly predictions: readonly Prediction[];
  /** The shown numbers of a newcomer who wins ten battles. */
  readonly tenWins: readonly number[];
}

interface Duel {
  readonly charIds: readonly [number, number];
  readonly atMs: number;
}

const HOUR_MS = 3_600_000;
/** The table is made again after so many battles. */
const REFRESH_AFTER = 500;

/** Players with a hidden skill, matched by the shipped rules in rounds of an hour, and rated. */
export function simulateRatings(rules: ArenaRules, options: RatingOptions): RatedPopulation {
  const draw = seededDraw(options.seed);
  const skills = Array.from({ length: options.players }, () => START_SIGMA * gaussian(draw));
  const duels = duelsOf(rules, options, draw);
  const season = new SimulatedSeason();
  const correlations: number[] = [];
  for (const [index, duel] of duels.entries()) {
    const [one, other] = duel.charIds.map((id) => skills[id] ?? 0);
    const lead = (one ?? 0) - (other ?? 0);
    const isWon = draw() < 1 / (1 + Math.exp(-lead / (BETA * Math.SQRT2)));
    season.rate(duel, isWon ? 0 : 1);
    if ((3 * (index + 1)) % duels.length < 3)
      correlations.push(
        rankCorrelation(
          skills,
          skills.map((_, id) => season.muOf(id)),
        ),
      );
  }
  const tenWins = season.winTen(options.players, options.battles * HOUR_MS);
  return { battles: duels.length, correlations, predictions: season.predictions, tenWins };
}

function duelsOf(
  rules: ArenaRules,
  { players, battles }: RatingOptions,
  draw: () => number,
): Duel[] {
  const scores = Array.from({ length: players }, () => Math.round(gearedScore(draw)));
  const arrivals = Array.from({ length: battles }, (_, round) =>
    scores.map((gs, id): Arrival => {
      // The last minutes of each hour are left for those who wait.
      const atMs = Math.floor((round + 0.9 * draw()) * HOUR_MS);
      return { charId: id, userId: id, gs, standing: 'middle', atMs };
    }),
  ).flat();
  arrivals.sort((one, other) => one.atMs - other.atMs);
  const { outcomes } = simulateArena(rules, arrivals, battles * HOUR_MS);
  return outcomes.flatMap(({ arrival, opponent, waitedMs }): Duel[] =>
    opponent === null || arrival.charId > opponent.charId
      ? []
      : [{ charIds: [arrival.charId, opponent.charId], atMs: arrival.atMs + waitedMs }],
  );
}

class SimulatedSeason {
  readonly predictions: Prediction[] = [];
  readonly #standings = new Map<number, LadderStanding>();
  readonly #pairs = new Map<string, number[]>();
  #table: ReliabilityTable = [];

  muOf(charId: number): number {
    return (this.#standings.get(charId) ?? newcomer).mu;
  }

  rate({ charIds, atMs }: Duel, winner: 0 | 1): void {
    const [one, other] = charIds;
    const pair = this.#earlierOf(`${one}-${other}`);
    const sideOf = (id: number) => ({
      standing: this.#standings.get(id) ?? null,
      hasMetOpponent: pair.length > 0,
      isPaused: false,
    });
    const recent = pair.filter((earlier) => atMs - earlier < PAIR_WINDOW_H * HOUR_MS);
    const facts = {
      season: 0,
      othersOfPair: recent.length,
      sides: [sideOf(one), sideOf(other)],
    } as const;
    const changes = ratingChanges({ winner, endedAtMs: atMs }, facts);
    for (const [side, { chance, score, after }] of changes.entries()) {
      this.#standings.set(charIds[side] ?? -1, after);
      this.predictions.push({ chance, score, corrected: calibrated(this.#table, chance) });
    }
    pair.push(atMs);
    if (this.predictions.length % (2 * REFRESH_AFTER) === 0)
      this.#table = tableOf(
        this.predictions.slice(-2 * CALIBRATION_BATTLES),
        ({ chance }) => chance,
      );
  }

  /** Against ten settled players, in the order of their numbers. */
  winTen(charId: number, atMs: number): number[] {
    return Array.from({ length: 10 }, (_, n) => {
      this.rate({ charIds: [charId, n], atMs: atMs + n }, 0);
      return shownNumber(this.muOf(charId));
    });
  }

  #earlierOf(pair: string): number[] {
    const earlier = this.#pairs.get(pair) ?? [];
    this.#pairs.set(pair, earlier);
    return earlier;
  }
}

/** As the database makes it. */
export function tableOf(
  predictions: readonly Prediction[],
  chanceOf: (one: Prediction) => number,
): ReliabilityTable {
  return Array.from({ length: 10 }, (_, decile) => {
    const inIt = predictions.filter(
      (one) => Math.min(9, Math.floor(chanceOf(one) * 10)) === decile,
    );
    const mean = (of: (one: Prediction) => number) =>
      inIt.reduce((sum, one) => sum + of(one), 0) / inIt.length;
    const won = mean(({ score }) => score);
    return { decile, sides: inIt.length, predicted: mean(chanceOf), won };
  }).filter(({ sides }) => sides > 0);
}

function rankCorrelation(one: readonly number[], other: readonly number[]): number {
  const [first, second] = [ranksOf(one), ranksOf(other)];
  const squares = first.reduce((sum, rank, at) => sum + (rank - (second[at] ?? 0)) ** 2, 0);
  return 1 - (6 * squares) / (one.length * (one.length ** 2 - 1));
}

function ranksOf(values: readonly number[]): number[] {
  const ascending = values
    .map((value, at) => ({ value, at }))
    .toSorted((a, b) => a.value - b.value);
  const ranks = values.map(() => 0);
  for (const [rank, { at }] of ascending.entries()) ranks[at] = rank;
  return ranks;
}
