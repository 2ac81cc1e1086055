/** `burst` calls at once, then one every `everyMs`. */
export interface RateLimit {
  readonly burst: number;
  readonly everyMs: number;
}

/** Telegram accepts about one message a second in a private chat, apart from short bursts. */
export const PRIVATE_CHAT: RateLimit = { burst: 4, everyMs: 1_000 };
/** Telegram accepts twenty messages a minute in a group. */
export const GROUP_CHAT: RateLimit = { burst: 2, everyMs: 3_000 };

/** Animation leaves this many calls, so that a tap right after it does not wait. */
const RESERVED_FOR_TAPS = 2;

/** Keeps the calls of one chat below Telegram's limits. All times are in ms. */
export class TokenBucket {
  readonly #limits: RateLimit;
  #tokens: number;
  #asOfMs = 0;
  #pausedUntilMs = 0;

  constructor(limits: RateLimit) {
    this.#limits = limits;
    this.#tokens = limits.burst;
  }

  /** How long until the next call is allowed; 0 if it is allowed now. */
  waitMs(nowMs: number): number {
    return this.#waitFor(1, nowMs);
  }

  /** How long until a call is allowed that no player waits for. */
  backgroundWaitMs(nowMs: number): number {
    return this.#waitFor(Math.min(RESERVED_FOR_TAPS + 1, this.#limits.burst), nowMs);
  }

  spend(nowMs: number, calls = 1): void {
    this.#refill(nowMs);
    // The debt is limited: however many calls an attempt took, the next one waits no longer.
    this.#tokens = Math.max(this.#tokens - calls, -this.#limits.burst);
  }

  /** Allows no call for a flood wait. */
  pauseFor(nowMs: number, ms: number): void {
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, nowMs + ms);
  }

  /** After a slow call, which Telegram has delayed because of the rate, no burst is left. */
  slowDown(nowMs: number): void {
    this.#refill(nowMs);
    this.#tokens = Math.min(this.#tokens, 0);
  }

  /** True if the bucket is as a new one. */
  isFull(nowMs: number): boolean {
    return this.#waitFor(this.#limits.burst, nowMs) === 0;
  }

  #waitFor(tokens: number, nowMs: number): number {
    this.#refill(nowMs);
    const missingMs = Math.max(0, tokens - this.#tokens) * this.#limits.everyMs;
    return Math.ceil(Math.max(missingMs, this.#pausedUntilMs - nowMs, 0));
  }

  #refill(nowMs: number): void {
    const gained = Math.max(0, nowMs - this.#asOfMs) / this.#limits.everyMs;
    this.#tokens = Math.min(this.#limits.burst, this.#tokens + gained);
    this.#asOfMs = nowMs;
  }
}
