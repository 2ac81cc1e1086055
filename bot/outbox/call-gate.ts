import { AbortController } from 'abort-controller';
import { DeadlineError, within } from '../deadline.ts';
import { floodWaitMs } from '../api-errors.ts';
import type { Timing } from '../timing.ts';
import type { Urgency } from './item.ts';

/** Breaks a call off. grammY's methods take the signals of this kind of controller alone. */
export type Cut = InstanceType<typeof AbortController>;
export type CallSignal = Cut['signal'];
export type CallUrgency = 'answer' | Urgency;

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
  readonly #waiting = new Map<CallUrgency, (() => void)[]>(order.map((one) => [one, []]));
  #underWay = 0;
  #strainedUntilMs = -Infinity;

  constructor(timing: Timing) {
    this.#timing = timing;
  }

  /** True while animation should rest: many calls under way, or the server asks for patience. */
  get isStrained(): boolean {
    return this.#underWay >= BUSY_AT || this.#timing.now() < this.#strainedUntilMs;
  }

  /** Makes the call as soon as it is its turn. Rejects as the call does, or with a DeadlineError. */
  async run<T>(
    urgency: CallUrgency,
    call: (signal: CallSignal) => Promise<T>,
    cut = newCut(),
  ): Promise<T> {
    if (this.#underWay >= AT_ONCE) await this.#turn(urgency);
    else this.#underWay += 1;
    const startedMs = this.#timing.now();
    try {
      return await within(call(cut.signal), DEADLINE_MS);
    } catch (error) {
      if (error instanceof DeadlineError) cut.abort();
      if (floodWaitMs(error) !== null) this.#noteStrain();
      throw error;
    } finally {
      if (this.#timing.now() - startedMs > SLOW_MS) this.#noteStrain();
      this.#leave();
    }
  }

  #turn(urgency: CallUrgency): Promise<void> {
    return new Promise((admitted) => this.#waiting.get(urgency)?.push(admitted));
  }

  /** Hands the place on to the most urgent. */
  #leave(): void {
    const next = order.map((one) => this.#waiting.get(one)).find((queue) => queue?.length);
    const admit = next?.shift();
    if (admit === undefined) this.#underWay -= 1;
    else admit();
  }

  #noteStrain(): void {
    this.#strainedUntilMs = this.#timing.now() + REST_MS;
  }
}
