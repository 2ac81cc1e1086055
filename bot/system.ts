import { randomBytes } from 'node:crypto';
import type { Clock } from '../domains/core/clock.ts';
import type { Entropy } from '../domains/core/entropy.ts';
import type { Log } from '../domains/core/log.ts';
import type { LastingStores } from './lasting-stores.ts';
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
    while (id.length < ID_LENGTH) {
      for (const byte of randomBytes(2 * ID_LENGTH)) {
        // The bytes left over would make the first letters likelier than the last.
        if (byte < FAIR_BYTES && id.length < ID_LENGTH)
          id += ALPHABET.charAt(byte % ALPHABET.length);
      }
    }
    return id;
  },
};

/** What an arena takes from outside; tests hand in a clock and chance of their own. */
export interface Surroundings {
  readonly log: Log;
  readonly clock?: Clock;
  readonly entropy?: Entropy;
  readonly timing?: Timing;
  /** Stays open when the arena stops; by default the arena opens and closes a database of its own. */
  readonly lasting?: LastingStores;
}
