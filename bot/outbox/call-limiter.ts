import { AbortController } from 'abort-controller';
import { CallAbortedError, TimeoutError, withTimeout } from '../with-timeout.ts';
import { floodWaitMs } from '../api-errors.ts';
import type { Timing } from '../timing.ts';
import type { Priority } from './queued-screen.ts';

/** Breaks a call off. grammY's methods take the signals of this kind of controller alone. */
export type CallController = InstanceType<typeof AbortController>;
export type CallSignal = CallController['signal'];
export type CallPriority = 'answer' | Priority;

export interface CallOptions {
  readonly controller?: CallController;
  readonly onDuration?: (ms: number) => void;
}

/** So many calls at once; more would only queue in sockets, where nobody can overtake. */
const AT_ONCE = 256;
/** With so many under way, animation is not worth another. */
const BUSY_AT = 64;
/** A call that takes longer was held back: the early warning of a flood wait. */
export const SLOW_MS = 1_000;
/** After a warning animation rests for so long. */
const REST_MS = 5_000;
/** Given up means broken off: an edit that came through late would overwrite a newer screen. */
const DEADLINE_MS = 15_000;

const order: readonly CallPriority[] = ['answer', 'reply', 'turn', 'ambient'];

export function newCallController(): CallController {
  return new AbortController();
}

/** Every call that writes to a chat goes through here, the most urgent first. */
export class CallLimiter {
  readonly #timing: Timing;
  readonly #waiting = new Map<CallPriority, Set<() => void>>(order.map((one) => [one, new Set()]));
  #running = 0;
  #overloadedUntilMs = -Infinity;

  constructor(timing: Timing) {
    this.#timing = timing;
  }

  /** True while animation should rest: many calls under way, or the server asks for patience. */
  get isOverloaded(): boolean {
    return this.#running >= BUSY_AT || this.#timing.now() < this.#overloadedUntilMs;
  }

  /**
   * Makes the call as soon as it is its turn. Rejects as the call does, with a DeadlineError, or
   * with a BrokenOffError if it is cut while it still waits. `took` hears how long the server took.
   */
  async run<T>(
    urgency: CallPriority,
    call: (signal: CallSignal) => Promise<T>,
    { controller = newCallController(), onDuration }: CallOptions = {},
  ): Promise<T> {
    if (this.#running >= AT_ONCE) await this.#waitForSlot(urgency, controller);
    else this.#running += 1;
    const startedMs = this.#timing.now();
    try {
      return await withTimeout(call(controller.signal), DEADLINE_MS);
    } catch (error) {
      if (error instanceof TimeoutError) controller.abort();
      if (floodWaitMs(error) !== null) this.#noteOverload();
      throw error;
    } finally {
      const tookMs = this.#timing.now() - startedMs;
      onDuration?.(tookMs);
      if (tookMs > SLOW_MS) this.#noteOverload();
      this.#releaseSlot();
    }
  }

  #waitForSlot(urgency: CallPriority, cut: CallController): Promise<void> {
    const queue = this.#waiting.get(urgency);
    return new Promise((resolve, reject) => {
      const admit = () => {
        cut.signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        queue?.delete(admit);
        reject(new CallAbortedError('Called off before its turn came'));
      };
      cut.signal.addEventListener('abort', leave);
      queue?.add(admit);
    });
  }

  /** Hands the place on to the most urgent. */
  #releaseSlot(): void {
    const queue = order.map((one) => this.#waiting.get(one)).find((one) => one?.size);
    const [admit] = queue ?? [];
    if (admit === undefined) {
      this.#running -= 1;
      return;
    }
    queue?.delete(admit);
    admit();
  }

  #noteOverload(): void {
    this.#overloadedUntilMs = this.#timing.now() + REST_MS;
  }
}
