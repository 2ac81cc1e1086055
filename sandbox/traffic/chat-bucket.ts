/** How much one chat takes. */
export interface TrafficLimits {
  /** Between two calls in the long run. */
  readonly intervalMs: number;
  /** Calls that pass at once after a quiet time. */
  readonly burst: number;
  /** A call that would be held longer is refused. */
  readonly longestHoldMs: number;
}

export type Booking =
  | { readonly kind: 'held'; readonly holdMs: number }
  | { readonly kind: 'refused'; readonly retryAfterS: number };

/** What one chat was sent, as the time at which all of it will have been paid for. */
export class ChatBucket {
  #paidAtMs = 0;
  #floodEndMs = 0;

  /** The next call's place. One that is refused takes none, and does not make the flood wait longer. */
  book(limits: TrafficLimits, nowMs: number): Booking {
    if (nowMs < this.#floodEndMs) return refused(this.#floodEndMs - nowMs);
    const paidAtMs = Math.max(this.#paidAtMs, nowMs);
    const ahead = (limits.burst - 1) * limits.intervalMs;
    const holdMs = Math.max(0, paidAtMs - ahead - nowMs);
    if (holdMs > limits.longestHoldMs) {
      this.#floodEndMs = nowMs + holdMs;
      return refused(holdMs);
    }
    this.#paidAtMs = paidAtMs + limits.intervalMs;
    return { kind: 'held', holdMs };
  }
}

function refused(waitMs: number): Booking {
  return { kind: 'refused', retryAfterS: Math.ceil(waitMs / 1000) };
}
