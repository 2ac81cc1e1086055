// @ts-check

/**
 * What a text of JSON says. Only for what the page itself, or the sandbox it came from, has written.
 * @template T
 * @param {string} text
 * @returns {T}
 */
export function parsed(text) {
  const value = /** @type {unknown} */ (JSON.parse(text));
  return /** @type {T} */ (value);
}
