import { performance } from 'node:perf_hooks';
import type { Clock } from '../domains/core/clock.ts';
import type { Log } from '../domains/core/log.ts';

export interface ServerClockDeps {
  readonly ask: () => Promise<number>;
  readonly log: Log;
  /** A monotonic clock, in ms. */
  readonly steadyNow?: () => number;
}

/** A longer round trip, more than twice the shortest, is ignored as too inaccurate. */
const LONG_TRIP_MS = 250;
/** A larger difference is no drift: the server's clock was set, or another server replies. */
const DRIFT_MS = 1_000;
const FIRST_ANSWERS = 3;
const EVERY_MS = 10_000;

interface Reading {
  readonly offsetMs: number;
  readonly tripMs: number;
}

/**
 * The Redis server's time, so that all processes agree whatever their system clocks say: a monotonic
 * clock, compared with the server's every 10 s. Cristian's algorithm: the error is at most half of a
 * round trip.
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
    if (this.#offsetMs === null) throw new Error('server clock not started');
    const nowMs = Math.floor(this.#deps.steadyNow() + this.#offsetMs);
    this.#latestMs = Math.max(this.#latestMs, nowMs);
    return this.#latestMs;
  }

  /** Reads the server's time and then regularly again. Rejects if the first reads do. */
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

  /** Adjusts to the server's clock. Never rejects: without a reply the monotonic clock continues. */
  async compare(): Promise<void> {
    const reading = await this.#read().catch(() => null);
    if (reading === null || reading.tripMs > Math.max(LONG_TRIP_MS, 2 * this.#quickestMs)) return;
    this.#offsetMs = reading.offsetMs;
    const aheadMs = this.#latestMs - this.#deps.steadyNow() - reading.offsetMs;
    if (aheadMs <= DRIFT_MS) return;
    this.#latestMs = -Infinity;
    this.#deps.log.warn({ byMs: Math.round(aheadMs) }, 'redis clock set back');
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
