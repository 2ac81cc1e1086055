// @ts-check
import { h } from '../base/dom.js';
import { icon } from '../base/icons.js';

const SHADES = 6;

/**
 * A name's first letter on a colour of its own.
 * @param {{ id: number, first_name: string }} person
 */
export function personAvatar({ id, first_name: name }) {
  const [letter = '?'] = name;
  return h(
    'span',
    { class: 'avatar', 'data-shade': id % SHADES, 'aria-hidden': 'true' },
    letter.toUpperCase(),
  );
}

export function botAvatar() {
  return h('span', { class: 'avatar bot-avatar', 'aria-hidden': 'true' }, icon('swords'));
}
