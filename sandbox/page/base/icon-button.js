// @ts-check
/** @import { IconName } from './icons.js' */
import { h } from './dom.js';
import { icon } from './icons.js';

/**
 * @param {IconName} name
 * @param {string} label
 * @param {() => void} onclick
 */
export function iconButton(name, label, onclick) {
  return h(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': label, title: label, onclick },
    icon(name),
  );
}
