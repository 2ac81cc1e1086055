import type { Log } from '../domains/core/log.ts';

/** Whether updates can reach this process; logs the beginning and the end of an outage. */
export class Liveness {
  readonly #log: Log;
  #isReceiving = true;

  constructor(log: Log) {
    this.#log = log;
  }

  get isReceiving(): boolean {
    return this.#isReceiving;
  }

  confirm(): void {
    if (!this.#isReceiving) this.#log.info({}, 'telegram available again');
    this.#isReceiving = true;
  }

  lose(facts: Readonly<Record<string, unknown>>, event = 'telegram unavailable'): void {
    if (this.#isReceiving) this.#log.warn(facts, event);
    this.#isReceiving = false;
  }
}
