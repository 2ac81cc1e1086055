/** The limits of one chat. */
export interface TrafficLimits {
  /** The average time between two calls. */
  readonly intervalMs: number;
  /** Calls without delay after a pause. */
  readonly burst: number;
  /** A call with a longer delay is refused. */
  readonly longestHoldMs: number;
}

export type Reservation =
  | { readonly kind: 'held'; readonly holdMs: number }
  | { readonly kind: 'refused'; readonly retryAfterS: number };

/** A token bucket for one chat, stored as the time at which it is full again. */
export class ChatBucket {
  #fullAtMs = 0;
  #refusedUntilMs = 0;

  /** Takes a token. A refused call takes none, and does not extend the time of refusal. */
  reserve(limits: TrafficLimits, nowMs: number): Reservation {
    if (nowMs < this.#refusedUntilMs) return refused(this.#refusedUntilMs - nowMs);
    const fullAtMs = Math.max(this.#fullAtMs, nowMs);
    const ahead = (limits.burst - 1) * limits.intervalMs;
    const holdMs = Math.max(0, fullAtMs - ahead - nowMs);
    if (holdMs > limits.longestHoldMs) {
      this.#refusedUntilMs = nowMs + holdMs;
      return refused(holdMs);
    }
    this.#fullAtMs = fullAtMs + limits.intervalMs;
    return { kind: 'held', holdMs };
  }
}

function refused(waitMs: number): Reservation {
  return { kind: 'refused', retryAfterS: Math.ceil(waitMs / 1000) };
}
