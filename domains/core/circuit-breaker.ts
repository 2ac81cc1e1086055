import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import { OutageError } from './outage-error.ts';

export interface CircuitBreakerDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Logged once per outage, at its start and at its end; null: nothing is logged. */
  readonly events: { readonly unavailableEvent: string; readonly availableEvent: string } | null;
  /** For so long after a failure calls are not tried; 0: every call is tried. */
  readonly cooldownMs?: number;
  /** Which errors count as an outage, by default `OutageError`; all others are rethrown. */
  readonly isUnavailable?: (error: unknown) => boolean;
}

export type CallResult<T> =
  | { readonly kind: 'answered'; readonly value: T }
  /** The call failed, or was skipped because the last one failed a moment ago. */
  | { readonly kind: 'unavailable' };

const COOLDOWN_MS = 5_000;

/** Calls a service that may be unavailable; one failure spares it all calls for a while. */
export class CircuitBreaker {
  readonly #deps: CircuitBreakerDeps;
  #failedAtMs = -Infinity;
  #isUnavailable = false;

  constructor(deps: CircuitBreakerDeps) {
    this.#deps = deps;
  }

  /** `facts` go into the log line of the first failure. */
  async call<T>(
    request: () => Promise<T>,
    facts: Readonly<Record<string, unknown>> = {},
  ): Promise<CallResult<T>> {
    if (this.#isOpen()) return { kind: 'unavailable' };
    try {
      const value = await request();
      this.#recordSuccess();
      return { kind: 'answered', value };
    } catch (error) {
      const { isUnavailable = isOutage } = this.#deps;
      if (!isUnavailable(error)) throw error;
      this.#recordFailure({ ...facts, err: error });
      return { kind: 'unavailable' };
    }
  }

  /** Closed when the clock was set back: the cooldown would otherwise last until it catches up. */
  #isOpen(): boolean {
    const { clock, cooldownMs = COOLDOWN_MS } = this.#deps;
    const elapsedMs = clock.now() - this.#failedAtMs;
    return elapsedMs >= 0 && elapsedMs < cooldownMs;
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
