/** Work that is done once for all who ask for it while it is under way. */
export class UnderWay<T> {
  readonly #begun = new Map<string, Promise<T>>();

  /** Whoever comes while the work of this key is under way waits for that, and fails with it. */
  share(key: string, begin: () => Promise<T>): Promise<T> {
    const underWay = this.#begun.get(key);
    if (underWay !== undefined) return underWay;
    const begun = begin().finally(() => {
      if (this.#begun.get(key) === begun) this.#begun.delete(key);
    });
    this.#begun.set(key, begun);
    return begun;
  }

  /** Whoever comes from now on begins anew. */
  forget(key: string): void {
    this.#begun.delete(key);
  }
}
