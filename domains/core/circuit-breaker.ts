import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import { RefusedValueError } from './refused-value-error.ts';

export interface CircuitBreakerDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Said once when it fails, and once when it answers again. */
  readonly words: { readonly lost: string; readonly found: string };
  /** Whoever has just failed to answer is not asked by every tap again. */
  readonly restMs?: number;
  /**
   * Which errors mean that; any other is the asker's own, and raised. By default all are taken for
   * it but a RefusedValueError.
   */
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
  #restsUntilMs = -Infinity;
  #isAway = false;

  constructor(deps: CircuitBreakerDeps) {
    this.#deps = deps;
  }

  /** `facts`: what the first failure is told with. */
  async call<T>(
    ask: () => Promise<T>,
    facts: Readonly<Record<string, unknown>> = {},
  ): Promise<Called<T>> {
    if (this.#deps.clock.now() < this.#restsUntilMs) return { kind: 'away' };
    try {
      const value = await ask();
      this.#noteBack();
      return { kind: 'answered', value };
    } catch (error) {
      const { isAway = isNoRefusal } = this.#deps;
      if (!isAway(error)) throw error;
      this.#noteAway({ ...facts, err: error });
      return { kind: 'away' };
    }
  }

  #noteBack(): void {
    if (this.#isAway) this.#deps.log.info({}, this.#deps.words.found);
    this.#isAway = false;
  }

  #noteAway(facts: Readonly<Record<string, unknown>>): void {
    const { clock, log, words, restMs = REST_MS } = this.#deps;
    this.#restsUntilMs = clock.now() + restMs;
    if (!this.#isAway) log.error(facts, words.lost);
    this.#isAway = true;
  }
}

function isNoRefusal(error: unknown): boolean {
  return !(error instanceof RefusedValueError);
}
