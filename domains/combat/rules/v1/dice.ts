import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import type { Battle } from '../../battle.ts';

export type ChanceState = Battle['chance'];

/** Steps of a throw: 2^24. */
const STEPS = 16_777_216;
/** A seed with few bits set needs some throws until the generator is well mixed. */
const WARM_UP_THROWS = 24;

/** The same state gives the same throws on every machine. */
export class Dice {
  readonly #generator: RandomGenerator;

  constructor(state: Readonly<ChanceState>) {
    this.#generator = xoroshiro128plusFromState(state);
  }

  /** Uniform in [0, 1), in steps of 2^-24 because the low bits of the generator are its weakest. */
  throw(): number {
    return (this.#generator.next() >>> 8) / STEPS;
  }

  /** A uniform integer in [0, sides); `sides` up to 2^24. */
  below(sides: number): number {
    return Math.floor(this.throw() * sides);
  }

  state(): ChanceState {
    return stateOf(this.#generator);
  }
}

/** The initial state for a seed of 32 hexadecimal digits. */
export function chanceFrom(seed: string): ChanceState {
  const words = [0, 8, 16, 24].map((at) => Number.parseInt(seed.slice(at, at + 8), 16) | 0);
  const [a = 0, b = 0, c = 0, d = 0] = words;
  return warmedUp(a === 0 && b === 0 && c === 0 && d === 0 ? [1, 0, 0, 0] : [a, b, c, d]);
}

/** An independent state, derived from that of the battle, such as for the choices of the Shadow. */
export function branchOff([a, b, c, d]: Readonly<ChanceState>, branch: number): ChanceState {
  const salt = Math.imul(branch + 1, 0x9e3779b9);
  return warmedUp([
    scrambled(a ^ salt ^ 1),
    scrambled(b ^ salt ^ 2),
    scrambled(c ^ salt ^ 3),
    // The generator would stay at zero if all words were.
    scrambled(d ^ salt ^ 4) | 1,
  ]);
}

function warmedUp(state: ChanceState): ChanceState {
  const generator = xoroshiro128plusFromState(state);
  for (let count = 0; count < WARM_UP_THROWS; count += 1) generator.next();
  return stateOf(generator);
}

function stateOf(generator: RandomGenerator): ChanceState {
  const [a = 0, b = 0, c = 0, d = 0] = generator.getState();
  return [a, b, c, d];
}

/** The 32-bit finalizer of MurmurHash3. */
function scrambled(word: number): number {
  let mixed = word;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
