import type { Log } from '../core/log.ts';

/** Whether an operator drains the arena, for all processes together. */
export interface DrainStore {
  isDraining(): Promise<boolean>;
  setDraining(isDraining: boolean): Promise<void>;
}

/** While it is on, no battle and no search begins, and running battles are fought to their end. */
export class Drain {
  readonly #store: DrainStore;
  readonly #log: Log;
  #isOn = false;

  constructor({ store, log }: { readonly store: DrainStore; readonly log: Log }) {
    this.#store = store;
    this.#log = log;
  }

  /** As this process knows it. */
  isOn(): boolean {
    return this.#isOn;
  }

  /** Runs every second in every process. */
  async refresh(): Promise<void> {
    this.#know(await this.#store.isDraining());
  }

  async set(isOn: boolean): Promise<void> {
    await this.#store.setDraining(isOn);
    this.#know(isOn);
  }

  #know(isOn: boolean): void {
    if (isOn !== this.#isOn)
      this.#log.info({ isOn }, isOn ? 'arena draining' : 'arena drained no more');
    this.#isOn = isOn;
  }
}
