import { performance } from 'node:perf_hooks';
import type { Clock } from '../domains/core/clock.ts';
import type { Log } from '../domains/core/log.ts';

export interface ServerClockDeps {
  /** Asks the server, ms since the epoch. */
  readonly ask: () => Promise<number>;
  readonly log: Log;
  /** A clock that nobody can set, ms since whenever. */
  readonly steadyNow?: () => number;
}

/**
 * An answer that took longer, and more than twice as long as the quickest, says too little: the server,
 * or we, stood still meanwhile.
 */
const LONG_TRIP_MS = 250;
/** Further behind, it was no drift: somebody has set the server's clock, or another server answers. */
const DRIFT_MS = 1_000;
const FIRST_ANSWERS = 3;
const EVERY_MS = 10_000;

interface Reading {
  /** Server's time less steady time. */
  readonly offsetMs: number;
  readonly tripMs: number;
}

/**
 * The Redis server's time, so that all processes have one, whatever their machines' clocks say. Kept
 * by a steady clock and compared with the server's every 10 s. By Cristian's algorithm it is wrong
 * by half of a round trip at most.
 */
export class ServerClock implements Clock {
  readonly #deps: Required<ServerClockDeps>;
  #offsetMs: number | null = null;
  #latestMs = -Infinity;
  #quickestMs = Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: ServerClockDeps) {
    this.#deps = { steadyNow: () => performance.now(), ...deps };
  }

  /** Never goes back, unless the server's clock was set back by more than a second. */
  now(): number {
    if (this.#offsetMs === null) throw new Error('The server has not been asked for its time yet');
    const nowMs = Math.floor(this.#deps.steadyNow() + this.#offsetMs);
    this.#latestMs = Math.max(this.#latestMs, nowMs);
    return this.#latestMs;
  }

  /** Asks for the first time, and from then on again and again. Rejects as the first questions do. */
  async start(): Promise<void> {
    const readings: Reading[] = [];
    while (readings.length < FIRST_ANSWERS) readings.push(await this.#read());
    const [best] = readings.toSorted((one, other) => one.tripMs - other.tripMs);
    this.#offsetMs = best?.offsetMs ?? null;
    this.#timer = setInterval(() => void this.compare(), EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Follows the server's clock. Never rejects: while the server is away, the steady clock goes on. */
  async compare(): Promise<void> {
    const reading = await this.#read().catch(() => null);
    if (reading === null || reading.tripMs > Math.max(LONG_TRIP_MS, 2 * this.#quickestMs)) return;
    this.#offsetMs = reading.offsetMs;
    const aheadMs = this.#latestMs - this.#deps.steadyNow() - reading.offsetMs;
    if (aheadMs <= DRIFT_MS) return;
    this.#latestMs = -Infinity;
    this.#deps.log.warn({ byMs: Math.round(aheadMs) }, 'the clock of Redis was set back');
  }

  async #read(): Promise<Reading> {
    const { ask, steadyNow } = this.#deps;
    const askedMs = steadyNow();
    const serverMs = await ask();
    const tripMs = steadyNow() - askedMs;
    this.#quickestMs = Math.min(this.#quickestMs, tripMs);
    return { offsetMs: serverMs - askedMs - tripMs / 2, tripMs };
  }
}
