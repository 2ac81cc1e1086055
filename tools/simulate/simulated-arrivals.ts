import { seededDraw } from 'telegram-sandbox/testing';
import { archetypes } from '../../domains/account/account-context.ts';
import { gearScore } from '../../domains/account/gear-score.ts';
import { archetypeNumbers } from '../../resources/numbers/archetypes.ts';

/** Where somebody stands among the others: newcomers apart, the rest by GearScore. */
export const standings = ['newcomer', 'weakest', 'middle', 'strongest'] as const;
export type Standing = (typeof standings)[number];

export interface Player {
  readonly charId: number;
  readonly userId: number;
  readonly gs: number;
  readonly standing: Standing;
}

/** Somebody asks for a duel. */
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

/** So many of all who come have just made their character, and nobody sees them again. */
const NEWCOMERS = 0.15;
/** The share of the others who count as the weakest, and as the strongest. */
const EXTREME = 0.05;
/** Every so many-th user has a second character and plays both. */
const TWINS_EVERY = 10;
/** A search and a duel: whoever came does not come again before. */
const BUSY_MS = 300_000;
/** A crowd is no smaller: else its extremes are single persons. */
const LEAST_PLAYERS = 200;
const HOUR_MS = 3_600_000;

const freshGs = archetypes.map((name) => gearScore(archetypeNumbers[name].attributes));
const weakestGs = Math.min(...freshGs);

/** GearScores of those who have played for a while. */
const gsDraws = {
  fresh: freshGsOf,
  normal: (draw: Draw) => 180 + 40 * gaussian(draw),
  'long-tail': (draw: Draw) => 150 * Math.exp(0.5 * gaussian(draw)),
  'two-camps': (draw: Draw) =>
    draw() < 0.5 ? 115 + 8 * gaussian(draw) : 400 + 30 * gaussian(draw),
} as const;
export type Distribution = keyof typeof gsDraws;
export const distributions = ['fresh', 'normal', 'long-tail', 'two-camps'] as const;

/** Who comes when, the same for the same seed, whatever the rules make of them. */
export function generateArrivals(crowd: ArrivalOptions): Arrival[] {
  const draw = seededDraw(crowd.seed);
  const regulars = regularsOf(crowd, draw);
  const busyUntilMs = new Map<number, number>();
  const arrivals: Arrival[] = [];
  let newcomers = 0;
  let atMs = gapMs(crowd, draw);
  for (; atMs < crowd.hours * HOUR_MS; atMs += gapMs(crowd, draw)) {
    const player =
      draw() < NEWCOMERS
        ? newcomer((newcomers += 1), draw)
        : idleOne(regulars, { busyUntilMs, atMs, draw });
    busyUntilMs.set(player.charId, atMs + BUSY_MS);
    arrivals.push({ ...player, atMs: Math.floor(atMs) });
  }
  return arrivals;
}

/** Arrivals know nothing of each other. */
function gapMs({ perHour }: ArrivalOptions, draw: Draw): number {
  return (-Math.log(1 - draw()) * HOUR_MS) / perHour;
}

function regularsOf({ perHour, distribution }: ArrivalOptions, draw: Draw): Player[] {
  const count = Math.max(LEAST_PLAYERS, Math.ceil(perHour / 2));
  const gsDraw = gsDraws[distribution];
  const ascending = Array.from({ length: count }, () =>
    Math.max(weakestGs, Math.round(gsDraw(draw))),
  ).toSorted((one, other) => one - other);
  const extremes = Math.ceil(EXTREME * count);
  const userIds = shuffled(count, draw).map((place) =>
    place % TWINS_EVERY === 1 ? place - 1 : place,
  );
  return ascending.map((gs, rank) => ({
    charId: rank + 1,
    userId: userIds[rank] ?? rank,
    gs,
    standing: rank < extremes ? 'weakest' : rank >= count - extremes ? 'strongest' : 'middle',
  }));
}

/** Of characters whose numbers no regular has. */
function newcomer(count: number, draw: Draw): Player {
  return { charId: -count, userId: -count, gs: freshGsOf(draw), standing: 'newcomer' };
}

function idleOne(
  regulars: readonly Player[],
  now: {
    readonly busyUntilMs: ReadonlyMap<number, number>;
    readonly atMs: number;
    readonly draw: Draw;
  },
): Player {
  for (;;) {
    const player = regulars[Math.floor(now.draw() * regulars.length)];
    if (player === undefined) throw new Error('There is nobody to come');
    if ((now.busyUntilMs.get(player.charId) ?? 0) <= now.atMs) return player;
  }
}

function freshGsOf(draw: Draw): number {
  return freshGs[Math.floor(draw() * freshGs.length)] ?? weakestGs;
}

/** The normal distribution, by Box and Muller. */
function gaussian(draw: Draw): number {
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
}

function shuffled(count: number, draw: Draw): number[] {
  const places = Array.from({ length: count }, (_, index) => ({ index, key: draw() }));
  return places.toSorted((one, other) => one.key - other.key).map(({ index }) => index);
}
