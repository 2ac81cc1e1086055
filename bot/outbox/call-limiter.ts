import { AbortController } from 'abort-controller';
import { CallAbortedError, TimeoutError, withTimeout } from '../with-timeout.ts';
import { floodWaitMs } from '../api-errors.ts';
import type { Timing } from '../timing.ts';
import type { Priority } from './queued-screen.ts';

/** grammY's methods accept only the signals of this package's controllers. */
export type CallController = InstanceType<typeof AbortController>;
export type CallSignal = CallController['signal'];
export type CallPriority = 'answer' | Priority;

export interface CallOptions {
  readonly controller?: CallController;
  readonly onDuration?: (ms: number) => void;
}

/** More concurrent calls would only queue in sockets, where an urgent one cannot overtake. */
const MAX_CONCURRENT = 256;
/** With this many concurrent calls, animation is skipped. */
const BUSY_AT = 64;
/** Telegram delays calls before it refuses them: a slower call warns of a flood wait. */
export const SLOW_MS = 1_000;
/** How long animation is skipped after a slow call or a flood wait. */
const OVERLOAD_MS = 5_000;
/** A timed-out call is aborted: an edit that arrived late would overwrite a newer screen. */
const TIMEOUT_MS = 15_000;

const order: readonly CallPriority[] = ['answer', 'reply', 'clock', 'ambient'];

export function newCallController(): CallController {
  return new AbortController();
}

/** Limits the concurrent calls that write to chats; waiting calls start by priority. */
export class CallLimiter {
  readonly #timing: Timing;
  readonly #waiting = new Map<CallPriority, Set<() => void>>(order.map((one) => [one, new Set()]));
  #running = 0;
  #overloadedUntilMs = -Infinity;

  constructor(timing: Timing) {
    this.#timing = timing;
  }

  /** True while animation should be skipped: many calls are running, or Telegram is slow. */
  get isOverloaded(): boolean {
    return this.#running >= BUSY_AT || this.#timing.now() < this.#overloadedUntilMs;
  }

  /**
   * Makes the call when a slot is free. Rejects with the call's error, a `TimeoutError`, or a
   * `CallAbortedError` if it is aborted while it waits. `onDuration` gets the call's duration.
   */
  async run<T>(
    priority: CallPriority,
    call: (signal: CallSignal) => Promise<T>,
    { controller = newCallController(), onDuration }: CallOptions = {},
  ): Promise<T> {
    if (this.#running >= MAX_CONCURRENT) await this.#waitForSlot(priority, controller);
    else this.#running += 1;
    const startedMs = this.#timing.now();
    try {
      return await withTimeout(call(controller.signal), TIMEOUT_MS);
    } catch (error) {
      if (error instanceof TimeoutError) controller.abort();
      if (floodWaitMs(error) !== null) this.#noteOverload();
      throw error;
    } finally {
      const durationMs = this.#timing.now() - startedMs;
      onDuration?.(durationMs);
      if (durationMs > SLOW_MS) this.#noteOverload();
      this.#releaseSlot();
    }
  }

  #waitForSlot(priority: CallPriority, { signal }: CallController): Promise<void> {
    const queue = this.#waiting.get(priority);
    return new Promise((resolve, reject) => {
      const start = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        queue?.delete(start);
        reject(new CallAbortedError('call aborted while waiting'));
      };
      signal.addEventListener('abort', leave);
      queue?.add(start);
    });
  }

  /** Passes the slot to the waiting call of the highest priority. */
  #releaseSlot(): void {
    const queue = order.map((one) => this.#waiting.get(one)).find((one) => one?.size);
    const [start] = queue ?? [];
    if (start === undefined) {
      this.#running -= 1;
      return;
    }
    queue?.delete(start);
    start();
  }

  #noteOverload(): void {
    this.#overloadedUntilMs = this.#timing.now() + OVERLOAD_MS;
  }
}
