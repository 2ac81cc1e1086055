// @ts-check

/**
 * Parses JSON without checks: only for what the page or its sandbox has written.
 * @template T
 * @param {string} text
 * @returns {T}
 */
export function parsed(text) {
  const value = /** @type {unknown} */ (JSON.parse(text));
  return /** @type {T} */ (value);
}
