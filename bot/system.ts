import { randomBytes } from 'node:crypto';
import type { Clock } from '../domains/core/clock.ts';
import type { Entropy } from '../domains/core/entropy.ts';
import type { Log } from '../domains/core/log.ts';
import type { Repositories } from './repositories.ts';
import type { Timing } from './timing.ts';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const ID_LENGTH = 12;
const FAIR_BYTES = 256 - (256 % ALPHABET.length);

/** The machine's time. */
export const systemClock: Clock = { now: () => Date.now() };

/** The machine's chance, unpredictable for players. */
export const systemEntropy: Entropy = {
  seed: () => randomBytes(16).toString('hex'),
  id: () => {
    let id = '';
    while (id.length < ID_LENGTH) for (const byte of randomBytes(ID_LENGTH)) id += signOf(byte);
    return id.slice(0, ID_LENGTH);
  },
};

/** Nothing for the last few bytes: the first signs of the alphabet would come more often. */
function signOf(byte: number): string {
  return byte < FAIR_BYTES ? ALPHABET.charAt(byte % ALPHABET.length) : '';
}

/** What an arena takes from outside; tests hand in a clock and chance of their own. */
export interface Ports {
  readonly log: Log;
  readonly clock?: Clock;
  readonly entropy?: Entropy;
  readonly timing?: Timing;
  /** Stays open when the arena stops; by default the arena opens and closes a database of its own. */
  readonly repositories?: Repositories;
}
