import { setMaxListeners } from 'node:events';
import type { Time } from '../world/time.ts';
import { ChatBucket } from './chat-bucket.ts';
import type { Booking, TrafficLimits } from './chat-bucket.ts';

/** `true` is the usual limits; what is left out is as usual too. */
export type TrafficWish = boolean | Partial<TrafficLimits>;

/** About what people see in private chats; Telegram does not say. */
const USUAL: TrafficLimits = { intervalMs: 1000, burst: 5, longestHoldMs: 8000 };

/** Calls that change a chat count; taps' answers and chat actions do not. */
const COUNTED = /^(?:send(?!ChatAction)|edit|delete|copy|forward|pin|unpin|setMessageReaction)/i;

interface Lane {
  readonly bucket: ChatBucket;
  /** Settled when everybody before the next call has gone ahead. */
  ahead: Promise<unknown>;
}

/** Per-chat limits as Telegram has them: first the answers come slowly, then there is a 429. */
export class Traffic {
  readonly #time: Time;
  #limits: TrafficLimits | null = null;
  #lanes = new Map<number, Lane>();
  #release = new AbortController();

  constructor(time: Time, wish: TrafficWish) {
    this.#time = time;
    this.set(wish);
  }

  /** Null while there are none. */
  get limits(): TrafficLimits | null {
    return this.#limits;
  }

  /** What was counted so far is forgotten, and whoever is held goes ahead. */
  set(wish: TrafficWish): void {
    this.#release.abort();
    this.#release = new AbortController();
    /* Every call that is held listens for the end. */
    setMaxListeners(0, this.#release.signal);
    this.#lanes = new Map();
    this.#limits = wish === false ? null : { ...USUAL, ...(wish === true ? {} : wish) };
  }

  /** Resolves when the call may go ahead, after those to its chat that came before it, or at once with a refusal. */
  async admit(method: string, chatId: number | null): Promise<Booking> {
    if (this.#limits === null || chatId === null || !COUNTED.test(method)) {
      return { kind: 'held', holdMs: 0 };
    }
    const lane = this.#lane(chatId);
    const booking = lane.bucket.book(this.#limits, this.#time.now());
    if (booking.kind === 'held') await this.#hold(lane, booking.holdMs);
    return booking;
  }

  #hold(lane: Lane, holdMs: number): Promise<unknown> {
    const over = holdMs > 0 ? this.#time.wait(holdMs, this.#release.signal) : null;
    lane.ahead = Promise.all([lane.ahead, over]);
    return lane.ahead;
  }

  #lane(chatId: number): Lane {
    const known = this.#lanes.get(chatId);
    if (known !== undefined) return known;
    const created: Lane = { bucket: new ChatBucket(), ahead: Promise.resolve() };
    this.#lanes.set(chatId, created);
    return created;
  }
}
