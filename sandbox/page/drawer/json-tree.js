// @ts-check
import { h } from '../base/dom.js';

/**
 * A foldable JSON value. Folded parts are built when they are opened.
 * @param {unknown} value
 * @param {string} [name]
 * @returns {HTMLElement}
 */
export function jsonTree(value, name) {
  const label = name === undefined ? null : h('span', { class: 'json-name' }, `${name}: `);
  if (typeof value !== 'object' || value === null) {
    const text = JSON.stringify(value);
    return h(
      'div',
      { class: 'json-line' },
      label,
      h('span', { class: `json-${kindOf(value)}` }, text),
    );
  }
  const members = () => Object.entries(value).map(([key, member]) => jsonTree(member, key));
  return label === null ? h('div', {}, ...members()) : folded(label, value, members);
}

/**
 * @param {HTMLElement} label
 * @param {object} value
 * @param {() => HTMLElement[]} members
 */
function folded(label, value, members) {
  const { length } = Object.keys(value);
  const sign = Array.isArray(value) ? `[${length}]` : `{${length}}`;
  const summary = h('summary', {}, label, h('span', { class: 'json-sign' }, sign));
  const fold = h('details', { class: 'json-fold' }, summary);
  fold.addEventListener('toggle', () => {
    if (fold.childElementCount === 1) fold.append(...members());
  });
  return fold;
}

/** @param {unknown} value */
function kindOf(value) {
  return value === null ? 'null' : typeof value;
}
