/** How often a chat may be written to: `burst` calls at once, then one each `everyMs`. */
export interface RateLimit {
  readonly burst: number;
  readonly everyMs: number;
}

/** Telegram lets about one message a second into a private chat, short bursts apart. */
export const PRIVATE_CHAT: RateLimit = { burst: 4, everyMs: 1_000 };
/** And twenty a minute into a group. */
export const GROUP_CHAT: RateLimit = { burst: 2, everyMs: 3_000 };

/** What animation must leave over, so that a tap right after it does not wait. */
const KEPT_FOR_TAPS = 2;

/**
 * A chat's share of Telegram's patience: a token bucket on our side of the wire, so that the
 * server's own, of which it says nothing until it is empty, is never emptied. All times are in ms.
 */
export class TokenBucket {
  readonly #limits: RateLimit;
  #tokens: number;
  #asOfMs = 0;
  #pausedUntilMs = 0;

  constructor(limits: RateLimit) {
    this.#limits = limits;
    this.#tokens = limits.burst;
  }

  /** How long until the next call may be made; 0 when it may be made now. */
  waitMs(nowMs: number): number {
    this.#refill(nowMs);
    const missing = Math.max(0, 1 - this.#tokens) * this.#limits.everyMs;
    return Math.ceil(Math.max(missing, this.#pausedUntilMs - nowMs, 0));
  }

  /** How long until a call may be made that nobody waits for. */
  backgroundWaitMs(nowMs: number): number {
    this.#refill(nowMs);
    const wanted = Math.min(KEPT_FOR_TAPS + 1, this.#limits.burst);
    const missing = Math.max(0, wanted - this.#tokens) * this.#limits.everyMs;
    return Math.ceil(Math.max(missing, this.#pausedUntilMs - nowMs, 0));
  }

  spend(nowMs: number, calls = 1): void {
    this.#refill(nowMs);
    // Whatever one attempt has cost: nobody waits longer for it than for a burst.
    this.#tokens = Math.max(this.#tokens - calls, -this.#limits.burst);
  }

  /** The server wants the chat to be left alone for so long. */
  pauseFor(nowMs: number, ms: number): void {
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, nowMs + ms);
  }

  /** The server took long: it held the call back because we were ahead, and a 429 comes next. */
  slowDown(nowMs: number): void {
    this.#refill(nowMs);
    this.#tokens = Math.min(this.#tokens, 0);
  }

  /** True once nothing is remembered that a new one would not know. */
  isFull(nowMs: number): boolean {
    this.#refill(nowMs);
    return this.#tokens >= this.#limits.burst && this.#pausedUntilMs <= nowMs;
  }

  #refill(nowMs: number): void {
    const gained = Math.max(0, nowMs - this.#asOfMs) / this.#limits.everyMs;
    this.#tokens = Math.min(this.#limits.burst, this.#tokens + gained);
    this.#asOfMs = nowMs;
  }
}
