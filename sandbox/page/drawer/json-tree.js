// @ts-check
import { h } from '../base/dom.js';

/**
 * A value of JSON, foldable; what is folded is not built before it is opened.
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
  const members = Object.entries(value);
  const sign = Array.isArray(value) ? `[${members.length}]` : `{${members.length}}`;
  const fold = h(
    'details',
    { class: 'json-fold' },
    h('summary', {}, label, h('span', { class: 'json-sign' }, sign)),
  );
  fold.addEventListener('toggle', () => {
    if (fold.childElementCount === 1)
      fold.append(...members.map(([key, member]) => jsonTree(member, key)));
  });
  fold.open = name === undefined;
  return fold;
}

/** @param {unknown} value */
function kindOf(value) {
  return value === null ? 'null' : typeof value;
}
