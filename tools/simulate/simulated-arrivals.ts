import { seededDraw } from 'telegram-sandbox/testing';
import { archetypes } from '../../domains/account/account-context.ts';
import { gearScore } from '../../domains/account/gear-score.ts';
import { archetypeNumbers } from '../../resources/numbers/archetypes.ts';
import { gearedScore } from './geared-scores.ts';

/** Groups for the fairness report: newcomers, and all others by GearScore. */
export const standings = ['newcomer', 'weakest', 'middle', 'strongest'] as const;
export type Standing = (typeof standings)[number];

export interface Player {
  readonly charId: number;
  readonly userId: number;
  readonly gs: number;
  readonly standing: Standing;
}

export interface Arrival extends Player {
  readonly atMs: number;
}

export interface ArrivalOptions {
  readonly perHour: number;
  readonly hours: number;
  readonly distribution: Distribution;
  readonly seed: number;
}

type Draw = () => number;

/** The share of arrivals with a new character, which come only once. */
const NEWCOMERS = 0.15;
/** The share of the others that counts as weakest, and as strongest. */
const EXTREME = 0.05;
/** Every tenth user plays two characters. */
const TWO_CHARACTERS_EVERY = 10;
/** For a search and a duel, before the same character can arrive again. */
const BUSY_MS = 300_000;
/** With fewer, the extremes would be single players. */
const MIN_PLAYERS = 200;
const HOUR_MS = 3_600_000;

const freshGs = archetypes.map((name) => gearScore(archetypeNumbers[name].attributes));
const weakestGs = Math.min(...freshGs);

const gsDraws = {
  fresh: freshGsOf,
  geared: gearedScore,
  normal: (draw: Draw) => 180 + 40 * gaussian(draw),
  'long-tail': (draw: Draw) => 150 * Math.exp(0.5 * gaussian(draw)),
  'two-camps': (draw: Draw) =>
    draw() < 0.5 ? 115 + 8 * gaussian(draw) : 400 + 30 * gaussian(draw),
} as const;
export type Distribution = keyof typeof gsDraws;
export const distributions = ['fresh', 'geared', 'normal', 'long-tail', 'two-camps'] as const;

/** Arrivals in order of time; the same for the same seed. */
export function generateArrivals(options: ArrivalOptions): Arrival[] {
  const draw = seededDraw(options.seed);
  const regulars = regularsOf(options, draw);
  const busyUntilMs = new Map<number, number>();
  const arrivals: Arrival[] = [];
  let newcomers = 0;
  let atMs = gapMs(options, draw);
  for (; atMs < options.hours * HOUR_MS; atMs += gapMs(options, draw)) {
    const player =
      draw() < NEWCOMERS
        ? newcomer((newcomers += 1), draw)
        : idlePlayer(regulars, { busyUntilMs, atMs, draw });
    busyUntilMs.set(player.charId, atMs + BUSY_MS);
    arrivals.push({ ...player, atMs: Math.floor(atMs) });
  }
  return arrivals;
}

/** Arrivals are independent, so gaps are exponential (a Poisson process). */
function gapMs({ perHour }: ArrivalOptions, draw: Draw): number {
  return (-Math.log(1 - draw()) * HOUR_MS) / perHour;
}

function regularsOf({ perHour, distribution }: ArrivalOptions, draw: Draw): Player[] {
  const count = Math.max(MIN_PLAYERS, Math.ceil(perHour / 2));
  const gsDraw = gsDraws[distribution];
  const ascending = Array.from({ length: count }, () =>
    Math.max(weakestGs, Math.round(gsDraw(draw))),
  ).toSorted((one, other) => one - other);
  const extremes = Math.ceil(EXTREME * count);
  const userIds = shuffled(count, draw).map((place) =>
    place % TWO_CHARACTERS_EVERY === 1 ? place - 1 : place,
  );
  return ascending.map((gs, rank) => ({
    charId: rank + 1,
    userId: userIds[rank] ?? rank,
    gs,
    standing: rank < extremes ? 'weakest' : rank >= count - extremes ? 'strongest' : 'middle',
  }));
}

/** Negative ids, so that no regular has the same. */
function newcomer(count: number, draw: Draw): Player {
  return { charId: -count, userId: -count, gs: freshGsOf(draw), standing: 'newcomer' };
}

function idlePlayer(
  regulars: readonly Player[],
  now: {
    readonly busyUntilMs: ReadonlyMap<number, number>;
    readonly atMs: number;
    readonly draw: Draw;
  },
): Player {
  for (;;) {
    const player = regulars[Math.floor(now.draw() * regulars.length)];
    if (player === undefined) throw new Error('no regular players');
    if ((now.busyUntilMs.get(player.charId) ?? 0) <= now.atMs) return player;
  }
}

function freshGsOf(draw: Draw): number {
  return freshGs[Math.floor(draw() * freshGs.length)] ?? weakestGs;
}

/** Standard normal, by the Box–Muller transform. */
export function gaussian(draw: Draw): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}

function shuffled(count: number, draw: Draw): number[] {
  const places = Array.from({ length: count }, (_, index) => ({ index, key: draw() }));
  return places.toSorted((one, other) => one.key - other.key).map(({ index }) => index);
}
