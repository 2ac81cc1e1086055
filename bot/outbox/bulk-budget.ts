import type { Timing } from '../timing.ts';

/** 25 calls a second: Telegram accepts 30 bulk messages. */
const EVERY_MS = 40;
/** Five calls may leave at once. */
const BURST_MS = 4 * EVERY_MS;

/** Spreads the calls that follow from no tap; old messages are removed when no screen waits. */
export class BulkBudget {
  readonly #timing: Timing;
  #nextMs = -Infinity;
  #nextRemovalMs = -Infinity;

  constructor(timing: Timing) {
    this.#timing = timing;
  }

  get hasBacklog(): boolean {
    return this.#nextMs - BURST_MS > this.#timing.now();
  }

  /** When the caller's call may start. */
  reserve(): number {
    const atMs = Math.max(this.#nextMs, this.#timing.now());
    this.#nextMs = atMs + EVERY_MS;
    return atMs - BURST_MS;
  }

  /** When a removal may start, if no screens wait then; it reserves its call when it starts. */
  reserveRemoval(): number {
    const atMs = Math.max(this.#nextRemovalMs, this.#nextMs, this.#timing.now());
    this.#nextRemovalMs = atMs + EVERY_MS;
    return atMs - BURST_MS;
  }
}
