import { randomBytes, randomInt } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Clock } from '../domains/core/clock.ts';
import type { Entropy } from '../domains/core/entropy.ts';
import type { Log } from '../domains/core/log.ts';
import type { Repositories } from './repositories.ts';
import type { Timing } from './timing.ts';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const ID_LENGTH = 12;

/** Keeps its rate when the clock of the machine is set: it measures turns and waits. */
export const systemClock: Clock = {
  now: () => Math.floor(performance.timeOrigin + performance.now()),
};

/** Cryptographic randomness: players cannot predict it. */
export const systemEntropy: Entropy = {
  seed: () => randomBytes(16).toString('hex'),
  id: () =>
    Array.from({ length: ID_LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join(''),
};

/** What an arena takes from outside; tests pass their own. */
export interface Ports {
  readonly log: Log;
  readonly clock?: Clock;
  readonly entropy?: Entropy;
  readonly timing?: Timing;
  /** Stay open when the arena stops; by default the arena opens and closes its own database. */
  readonly repositories?: Repositories;
}
