// @ts-check

/**
 * Calls the listeners of a topic. `on` returns the function that unsubscribes.
 * @template {Record<string, unknown>} Topics
 */
export class Emitter {
  /** @type {Map<keyof Topics, Set<(value: never) => void>>} */
  #listeners = new Map();

  /**
   * @template {keyof Topics} T
   * @param {T} topic
   * @param {(value: Topics[T]) => void} listener
   * @returns {() => void}
   */
  on(topic, listener) {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /**
   * @template {keyof Topics} T
   * @param {T} topic
   * @param {Topics[T]} value
   */
  emit(topic, value) {
    for (const listener of this.#listeners.get(topic) ?? []) {
      /** @type {(value: Topics[T]) => void} */ (listener)(value);
    }
  }
}
