/**
 * Wakes those who wait for something to happen: in the next turn of the event loop, when the call that rang has been
 * answered and recorded.
 */
export class Bell {
  readonly #listeners = new Set<() => void>();

  ring(): void {
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    setImmediate(() => {
      for (const listener of listeners) listener();
    });
  }

  /** Resolves at the next ring, or as soon as the signal is aborted. */
  heard(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        this.#listeners.delete(end);
        signal.removeEventListener('abort', end);
        resolve();
      };
      if (signal.aborted) {
        end();
        return;
      }
      this.#listeners.add(end);
      signal.addEventListener('abort', end);
    });
  }
}
