/** Deduplicates concurrent work: callers with the same key share one running promise. */
export class SingleFlight<T> {
  readonly #running = new Map<string, Promise<T>>();

  /** Joins the running work of this key, including its failure, or starts it. */
  run(key: string, start: () => Promise<T>): Promise<T> {
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    const started = start().finally(() => {
      if (this.#running.get(key) === started) this.#running.delete(key);
    });
    this.#running.set(key, started);
    return started;
  }

  /** The next `run` of this key starts new work, even if the old work is still running. */
  forget(key: string): void {
    this.#running.delete(key);
  }
}
