/** Work that is done once for all who ask for it while it is under way. */
export class SingleFlight<T> {
  readonly #running = new Map<string, Promise<T>>();

  /** Whoever comes while the work of this key is under way waits for that, and fails with it. */
  run(key: string, begin: () => Promise<T>): Promise<T> {
    const underWay = this.#running.get(key);
    if (underWay !== undefined) return underWay;
    const begun = begin().finally(() => {
      if (this.#running.get(key) === begun) this.#running.delete(key);
    });
    this.#running.set(key, begun);
    return begun;
  }

  /** Whoever comes from now on begins anew. */
  forget(key: string): void {
    this.#running.delete(key);
  }
}
