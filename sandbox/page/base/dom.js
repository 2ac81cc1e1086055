// @ts-check

/** @typedef {string | number | boolean | null | ((event: Event) => void)} AttributeValue */
/** @typedef {Readonly<Record<string, AttributeValue>>} Attributes */
/** @typedef {Node | string | null} Child */

/**
 * An element. A function is a listener ("onclick"), false and null leave an attribute out; texts are never read as
 * HTML.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(name, text(value));
  }
  element.append(...present(children));
  return element;
}

/** @param {string | number | true} value */
function text(value) {
  return value === true ? '' : String(value);
}

/**
 * @param {readonly Child[]} children
 * @returns {(Node | string)[]}
 */
export function present(children) {
  return children.filter((child) => child !== null);
}

/**
 * @param {Element} element
 * @param {readonly Child[]} children
 */
export function fill(element, children) {
  element.replaceChildren(...present(children));
}

/** Whether the person asked for as little movement as possible. */
export function wantsCalm() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
