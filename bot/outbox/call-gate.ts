import { AbortController } from 'abort-controller';
import { BrokenOffError, DeadlineError, within } from '../deadline.ts';
import { floodWaitMs } from '../api-errors.ts';
import type { Timing } from '../timing.ts';
import type { Urgency } from './item.ts';

/** Breaks a call off. grammY's methods take the signals of this kind of controller alone. */
export type Cut = InstanceType<typeof AbortController>;
export type CallSignal = Cut['signal'];
export type CallUrgency = 'answer' | Urgency;

export interface CallOptions {
  readonly cut?: Cut;
  readonly took?: (ms: number) => void;
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

const order: readonly CallUrgency[] = ['answer', 'reply', 'turn', 'ambient'];

export function newCut(): Cut {
  return new AbortController();
}

/** Every call that writes to a chat goes through here, the most urgent first. */
export class CallGate {
  readonly #timing: Timing;
  readonly #waiting = new Map<CallUrgency, Set<() => void>>(order.map((one) => [one, new Set()]));
  #underWay = 0;
  #strainedUntilMs = -Infinity;

  constructor(timing: Timing) {
    this.#timing = timing;
  }

  /** True while animation should rest: many calls under way, or the server asks for patience. */
  get isStrained(): boolean {
    return this.#underWay >= BUSY_AT || this.#timing.now() < this.#strainedUntilMs;
  }

  /**
   * Makes the call as soon as it is its turn. Rejects as the call does, with a DeadlineError, or
   * with a BrokenOffError if it is cut while it still waits. `took` hears how long the server took.
   */
  async run<T>(
    urgency: CallUrgency,
    call: (signal: CallSignal) => Promise<T>,
    { cut = newCut(), took }: CallOptions = {},
  ): Promise<T> {
    if (this.#underWay >= AT_ONCE) await this.#turn(urgency, cut);
    else this.#underWay += 1;
    const startedMs = this.#timing.now();
    try {
      return await within(call(cut.signal), DEADLINE_MS);
    } catch (error) {
      if (error instanceof DeadlineError) cut.abort();
      if (floodWaitMs(error) !== null) this.#noteStrain();
      throw error;
    } finally {
      const tookMs = this.#timing.now() - startedMs;
      took?.(tookMs);
      if (tookMs > SLOW_MS) this.#noteStrain();
      this.#leave();
    }
  }

  #turn(urgency: CallUrgency, cut: Cut): Promise<void> {
    const queue = this.#waiting.get(urgency);
    return new Promise((resolve, reject) => {
      const admit = () => {
        cut.signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        queue?.delete(admit);
        reject(new BrokenOffError('Called off before its turn came'));
      };
      cut.signal.addEventListener('abort', leave);
      queue?.add(admit);
    });
  }

  /** Hands the place on to the most urgent. */
  #leave(): void {
    const queue = order.map((one) => this.#waiting.get(one)).find((one) => one?.size);
    const [admit] = queue ?? [];
    if (admit === undefined) {
      this.#underWay -= 1;
      return;
    }
    queue?.delete(admit);
    admit();
  }

  #noteStrain(): void {
    this.#strainedUntilMs = this.#timing.now() + REST_MS;
  }
}
