/**
 * Resolves the promises of those who wait for a change. It does so in the next turn of the event loop, when the call that
 * made the change is recorded.
 */
export class ChangeNotifier {
  readonly #listeners = new Set<() => void>();

  notify(): void {
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    setImmediate(() => {
      for (const listener of listeners) listener();
    });
  }

  /** Resolves at the next `notify`, or when the signal is aborted. */
  nextChange(signal: AbortSignal): Promise<void> {
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
