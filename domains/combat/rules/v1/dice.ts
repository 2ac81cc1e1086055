import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { Battle } from '../../battle.ts';

export type ChanceState = Battle['chance'];

/** 2^24: as many steps as a throw has. */
const STEPS = 16_777_216;
/** A state of few bits needs some throws before the next ones look like chance. */
const WARM_UP_THROWS = 24;

/** Chance with a memory: the same state gives the same throws, on any machine, for ever. */
export class Dice {
  readonly #generator: RandomGenerator;

  constructor(state: Readonly<ChanceState>) {
    this.#generator = xoroshiro128plusFromState(state);
  }

  /** Uniform in [0, 1), in steps of 2^-24: the generator's low bits are its weakest. */
  throw(): number {
    return (this.#generator.next() >>> 8) / STEPS;
  }

  /** A whole number, uniform in [0, sides); `sides` up to 2^24. */
  below(sides: number): number {
    return Math.floor(this.throw() * sides);
  }

  /** Where the dice stand now. */
  state(): ChanceState {
    return stateOf(this.#generator);
  }
}

/** The first state of a battle's chance: the seed's four words, stirred. */
export function chanceFrom(seed: string): ChanceState {
  const words = [0, 8, 16, 24].map((at) => Number.parseInt(seed.slice(at, at + 8), 16) | 0);
  const [a = 0, b = 0, c = 0, d = 0] = words;
  return stirred(a === 0 && b === 0 && c === 0 && d === 0 ? [1, 0, 0, 0] : [a, b, c, d]);
}

/** Chance of its own for something beside the battle, as the Shadow's mind: `branch` tells which. */
export function branchOff([a, b, c, d]: Readonly<ChanceState>, branch: number): ChanceState {
  const salt = Math.imul(branch + 1, 0x9e3779b9);
  return stirred([
    scrambled(a ^ salt ^ 1),
    scrambled(b ^ salt ^ 2),
    scrambled(c ^ salt ^ 3),
    // Never all zeros.
    scrambled(d ^ salt ^ 4) | 1,
  ]);
}

function stirred(state: ChanceState): ChanceState {
  const generator = xoroshiro128plusFromState(state);
  for (let count = 0; count < WARM_UP_THROWS; count += 1) generator.next();
  return stateOf(generator);
}

function stateOf(generator: RandomGenerator): ChanceState {
  const [a = 0, b = 0, c = 0, d = 0] = generator.getState();
  return [a, b, c, d];
}

/** Spreads every bit of a word over the whole word (the finalizer of MurmurHash3). */
function scrambled(word: number): number {
  let mixed = word;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
