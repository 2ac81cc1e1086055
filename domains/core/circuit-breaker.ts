import type { Clock } from './clock.ts';
import type { Log } from './log.ts';

export interface CircuitBreakerDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Said once when it fails, and once when it answers again. */
  readonly words: { readonly lost: string; readonly found: string };
  /** Whoever has just failed to answer is not asked by every tap again. */
  readonly restMs?: number;
}

export type Called<T> =
  | { readonly kind: 'answered'; readonly value: T }
  /** It failed now, or has failed a moment ago and was not asked. */
  | { readonly kind: 'away' };

const REST_MS = 5_000;

/** Asks somebody who may be away: after a failure he is left alone for a while, and the log told once. */
export class CircuitBreaker {
  readonly #deps: CircuitBreakerDeps;
  #restsUntilMs = -Infinity;
  #isAway = false;

  constructor(deps: CircuitBreakerDeps) {
    this.#deps = deps;
  }

  /** Never rejects. `facts`: what the first failure is told with. */
  async call<T>(
    ask: () => Promise<T>,
    facts: Readonly<Record<string, unknown>> = {},
  ): Promise<Called<T>> {
    const { clock, log, words, restMs = REST_MS } = this.#deps;
    if (clock.now() < this.#restsUntilMs) return { kind: 'away' };
    try {
      const value = await ask();
      if (this.#isAway) log.info({}, words.found);
      this.#isAway = false;
      return { kind: 'answered', value };
    } catch (error) {
      this.#restsUntilMs = clock.now() + restMs;
      if (!this.#isAway) log.error({ ...facts, err: error }, words.lost);
      this.#isAway = true;
      return { kind: 'away' };
    }
  }
}
