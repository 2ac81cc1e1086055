import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { FORECAST_BAND, FORECAST_LEAST, FORECAST_WINDOW_S } from '../../resources/numbers/arena.ts';
import type { Clock } from '../core/clock.ts';
import { type Mode, modes } from '../core/mode.ts';

export const searchLogMs = FORECAST_WINDOW_S * 1_000;

/** How a search ended that waited in the queue; `id`: of its match, and which side it was. */
export const endedSearchSchema = z.object({
  id: z.string(),
  gs: z.number(),
  waitedMs: z.number(),
  isShadow: z.boolean(),
});
export type EndedSearch = Readonly<z.infer<typeof endedSearchSchema>>;

export interface SearchLog {
  add(mode: Mode, search: EndedSearch, atMs: number): Promise<void>;
  /** Of the time of `searchLogMs` before `nowMs`. */
  latest(mode: Mode, nowMs: number): Promise<EndedSearch[]>;
  /** A request left the queue because its time was over. */
  addExpired(atMs: number): Promise<void>;
  /** Of the last day. */
  countExpired(sinceMs: number): Promise<number>;
}

/** What a search has to expect; null: too few have ended a short time ago. */
export type Forecast = {
  /** The share that met a person before the Shadow. */
  readonly share: number;
  /** The median wait for a person; null: nobody met one. */
  readonly waitMs: number | null;
} | null;

/** By searches of about the same GearScore, or by all if those are too few. */
export function forecastOf(
  ended: readonly EndedSearch[],
  { gs, shadowAfterMs }: { readonly gs: number; readonly shadowAfterMs: number },
): Forecast {
  // Who called the Shadow early might have met a person.
  const complete = ended.filter((one) => !one.isShadow || one.waitedMs >= shadowAfterMs);
  const near = complete.filter((one) => Math.abs(one.gs - gs) <= gs * FORECAST_BAND);
  const counted = near.length >= FORECAST_LEAST ? near : complete;
  if (counted.length < FORECAST_LEAST) return null;
  const waits = counted.filter((one) => !one.isShadow).map((one) => one.waitedMs);
  return { share: waits.length / counted.length, waitMs: medianOf(waits) };
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

export interface SearchForecastDeps {
  readonly searches: Pick<SearchLog, 'latest'>;
  readonly clock: Clock;
  readonly shadowAfterMs: number;
}

const FRESH_MS = 5_000;

/** Reads the ended searches at most once in some seconds. */
export class SearchForecast {
  readonly #deps: SearchForecastDeps;
  readonly #latest: LRUCache<Mode, EndedSearch[]>;

  constructor(deps: SearchForecastDeps) {
    this.#deps = deps;
    const { searches, clock } = deps;
    this.#latest = new LRUCache<Mode, EndedSearch[]>({
      max: modes.length,
      ttl: FRESH_MS,
      ttlResolution: 0,
      perf: clock,
      fetchMethod: (mode) => searches.latest(mode, clock.now()),
    });
  }

  async of(mode: Mode, gs: number): Promise<Forecast> {
    const { shadowAfterMs } = this.#deps;
    return forecastOf(await this.#latest.forceFetch(mode), { gs, shadowAfterMs });
  }
}
