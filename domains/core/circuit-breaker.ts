import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import { OutageError } from './outage-error.ts';

export interface CircuitBreakerDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Said once when it fails, and once when it answers again; null: said by others. */
  readonly words: { readonly lost: string; readonly found: string } | null;
  /** Whoever has just failed to answer is not asked by every tap again. */
  readonly restMs?: number;
  /** Which errors are outages; by default an OutageError. Any other is the caller's own and raised. */
  readonly isAway?: (error: unknown) => boolean;
}

export type Called<T> =
  | { readonly kind: 'answered'; readonly value: T }
  /** It failed now, or has failed a moment ago and was not asked. */
  | { readonly kind: 'away' };

const REST_MS = 5_000;

/** Asks somebody who may be away: after a failure he is left alone for a while, and the log told once. */
export class CircuitBreaker {
  readonly #deps: CircuitBreakerDeps;
  #failedAtMs = -Infinity;
  #isAway = false;

  constructor(deps: CircuitBreakerDeps) {
    this.#deps = deps;
  }

  /** `facts`: what the first failure is told with. */
  async call<T>(
    ask: () => Promise<T>,
    facts: Readonly<Record<string, unknown>> = {},
  ): Promise<Called<T>> {
    if (this.#isResting()) return { kind: 'away' };
    try {
      const value = await ask();
      this.#noteBack();
      return { kind: 'answered', value };
    } catch (error) {
      const { isAway = isOutage } = this.#deps;
      if (!isAway(error)) throw error;
      this.#noteAway({ ...facts, err: error });
      return { kind: 'away' };
    }
  }

  /** A clock that was set back ends the rest: it would last for as long as the clock is behind. */
  #isResting(): boolean {
    const { clock, restMs = REST_MS } = this.#deps;
    const restedMs = clock.now() - this.#failedAtMs;
    return restedMs >= 0 && restedMs < restMs;
  }

  #noteBack(): void {
    const { log, words } = this.#deps;
    if (this.#isAway && words !== null) log.info({}, words.found);
    this.#isAway = false;
  }

  #noteAway(facts: Readonly<Record<string, unknown>>): void {
    const { clock, log, words } = this.#deps;
    this.#failedAtMs = clock.now();
    if (!this.#isAway && words !== null) log.error(facts, words.lost);
    this.#isAway = true;
  }
}

function isOutage(error: unknown): boolean {
  return error instanceof OutageError;
}
