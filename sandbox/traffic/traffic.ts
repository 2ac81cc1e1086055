import { setMaxListeners } from 'node:events';
import type { Time } from '../world/time.ts';
import { ChatBucket } from './chat-bucket.ts';
import type { Reservation, TrafficLimits } from './chat-bucket.ts';

/** `true` switches the default limits on; missing members have their defaults. */
export type TrafficOptions = boolean | Partial<TrafficLimits>;

/** Measured in private chats by developers; Telegram does not publish its limits. */
const DEFAULT_LIMITS: TrafficLimits = { intervalMs: 1000, burst: 5, longestHoldMs: 8000 };

/** Only calls that change a chat are limited; answers to callback queries and chat actions are not. */
const LIMITED_METHODS =
  /^(?:send(?!ChatAction)|edit|delete|copy|forward|pin|unpin|setMessageReaction)/i;

interface ChatQueue {
  readonly bucket: ChatBucket;
  /** Settles when all earlier calls have passed. */
  previous: Promise<unknown>;
}

/** Limits per chat as Telegram has them: calls are delayed, then refused with a 429. */
export class Traffic {
  readonly #time: Time;
  #limits: TrafficLimits | null = null;
  #queues = new Map<number, ChatQueue>();
  #release = new AbortController();

  constructor(time: Time, options: TrafficOptions) {
    this.#time = time;
    this.set(options);
  }

  /** Null while calls are not limited. */
  get limits(): TrafficLimits | null {
    return this.#limits;
  }

  /** Starts with full buckets, and lets delayed calls pass. */
  set(options: TrafficOptions): void {
    this.#release.abort();
    this.#release = new AbortController();
    /* Every delayed call adds a listener. */
    setMaxListeners(0, this.#release.signal);
    this.#queues = new Map();
    this.#limits =
      options === false ? null : { ...DEFAULT_LIMITS, ...(options === true ? {} : options) };
  }

  /** Resolves when the call may run, after earlier calls to its chat, or at once when it is refused. */
  async admit(method: string, chatId: number | null): Promise<Reservation> {
    if (this.#limits === null || chatId === null || !LIMITED_METHODS.test(method)) {
      return { kind: 'held', holdMs: 0 };
    }
    const queue = this.#queueOf(chatId);
    const reservation = queue.bucket.reserve(this.#limits, this.#time.now());
    if (reservation.kind === 'held') await this.#hold(queue, reservation.holdMs);
    return reservation;
  }

  #hold(queue: ChatQueue, holdMs: number): Promise<unknown> {
    const delay = holdMs > 0 ? this.#time.wait(holdMs, this.#release.signal) : null;
    queue.previous = Promise.all([queue.previous, delay]);
    return queue.previous;
  }

  #queueOf(chatId: number): ChatQueue {
    const known = this.#queues.get(chatId);
    if (known !== undefined) return known;
    const created: ChatQueue = { bucket: new ChatBucket(), previous: Promise.resolve() };
    this.#queues.set(chatId, created);
    return created;
  }
}
