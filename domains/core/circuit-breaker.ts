import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import { OutageError } from './outage-error.ts';

export interface CircuitBreakerDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Said once when it fails, and once when it answers again; null: said by others. */
  readonly events: { readonly unavailableEvent: string; readonly availableEvent: string } | null;
  /** Whoever has just failed to answer is not asked by every tap again. */
  readonly cooldownMs?: number;
  /** Which errors are outages; by default an OutageError. Any other is the caller's own and raised. */
  readonly isUnavailable?: (error: unknown) => boolean;
}

export type CallResult<T> =
  | { readonly kind: 'answered'; readonly value: T }
  /** It failed now, or has failed a moment ago and was not asked. */
  | { readonly kind: 'unavailable' };

const COOLDOWN_MS = 5_000;

/** Asks somebody who may be away: after a failure he is left alone for a while, and the log told once. */
export class CircuitBreaker {
  readonly #deps: CircuitBreakerDeps;
  #failedAtMs = -Infinity;
  #isUnavailable = false;

  constructor(deps: CircuitBreakerDeps) {
    this.#deps = deps;
  }

  /** `facts`: what the first failure is told with. */
  async call<T>(
    ask: () => Promise<T>,
    facts: Readonly<Record<string, unknown>> = {},
  ): Promise<CallResult<T>> {
    if (this.#isOpen()) return { kind: 'unavailable' };
    try {
      const value = await ask();
      this.#recordSuccess();
      return { kind: 'answered', value };
    } catch (error) {
      const { isUnavailable = isOutage } = this.#deps;
      if (!isUnavailable(error)) throw error;
      this.#recordFailure({ ...facts, err: error });
      return { kind: 'unavailable' };
    }
  }

  /** A clock that was set back ends the rest: it would last for as long as the clock is behind. */
  #isOpen(): boolean {
    const { clock, cooldownMs = COOLDOWN_MS } = this.#deps;
    const restedMs = clock.now() - this.#failedAtMs;
    return restedMs >= 0 && restedMs < cooldownMs;
  }

  #recordSuccess(): void {
    const { log, events } = this.#deps;
    if (this.#isUnavailable && events !== null) log.info({}, events.availableEvent);
    this.#isUnavailable = false;
  }

  #recordFailure(facts: Readonly<Record<string, unknown>>): void {
    const { clock, log, events } = this.#deps;
    this.#failedAtMs = clock.now();
    if (!this.#isUnavailable && events !== null) log.error(facts, events.unavailableEvent);
    this.#isUnavailable = true;
  }
}

function isOutage(error: unknown): boolean {
  return error instanceof OutageError;
}
