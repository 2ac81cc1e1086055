// @ts-check
/** @import { IconName } from './icons.js' */
import { h } from './dom.js';
import { icon } from './icons.js';

/**
 * @typedef {object} MenuItem
 * @property {IconName} icon
 * @property {string} text
 * @property {() => void} run
 * @property {boolean} [isDangerous]
 * @property {boolean} [isDisabled] the note of the menu says why
 * @property {boolean} [isChecked]
 */

const NOTE_ID = 'menu-note';
/** Still reached by the keyboard, so that the reason is read. */
const DISABLED = { 'aria-disabled': 'true', 'aria-describedby': NOTE_ID };

/** @type {(() => void) | null} */
let closeOpen = null;

/**
 * A menu beside what opened it. One is open at a time; Escape and a click elsewhere close it.
 * @param {HTMLElement} anchor
 * @param {readonly MenuItem[]} items
 * @param {{ at?: { x: number, y: number }, note?: string }} [options] where a pointer opened it; a sentence above the items
 */
export function openMenu(anchor, items, { at, note = '' } = {}) {
  closeOpen?.();
  const hint = note === '' ? null : h('p', { id: NOTE_ID }, note);
  const described = hint === null ? {} : { 'aria-describedby': NOTE_ID };
  const menu = h(
    'div',
    { class: 'menu', role: 'menu', ...described },
    hint,
    ...items.map(itemButton),
  );
  document.body.append(menu);
  place(menu, at ?? pointBelow(anchor, menu));
  const expand = (/** @type {boolean} */ isOpen) => {
    if (anchor.hasAttribute('aria-haspopup')) anchor.setAttribute('aria-expanded', String(isOpen));
  };
  expand(true);
  const ending = new AbortController();
  const close = () => {
    ending.abort();
    menu.remove();
    expand(false);
    closeOpen = null;
  };
  closeOpen = close;
  listen(menu, { anchor, close, signal: ending.signal });
  menu.querySelector('button')?.focus();
}

/** @param {MenuItem} item */
function itemButton(item) {
  const isChoice = item.isChecked !== undefined;
  return h(
    'button',
    {
      type: 'button',
      role: isChoice ? 'menuitemradio' : 'menuitem',
      class: item.isDangerous === true ? 'is-dangerous' : null,
      'aria-checked': isChoice ? String(item.isChecked) : null,
      title: item.text,
      ...(item.isDisabled === true ? DISABLED : { onclick: item.run }),
    },
    icon(item.isChecked === true ? 'check' : item.icon),
    h('bdi', {}, item.text),
  );
}

/**
 * @param {HTMLElement} menu
 * @param {{ anchor: HTMLElement, close: () => void, signal: AbortSignal }} life
 */
function listen(menu, { anchor, close, signal }) {
  menu.addEventListener('click', ({ target }) => {
    const isIdle =
      target instanceof Element && target.closest('button:not([aria-disabled])') === null;
    if (!isIdle) close();
  });
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' || event.key === 'Tab') {
      close();
      anchor.focus();
    }
    if (event.key === 'ArrowDown') step(menu, 1);
    if (event.key === 'ArrowUp') step(menu, -1);
  });
  const leave = (/** @type {Event} */ event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) close();
  };
  document.addEventListener('pointerdown', leave, { signal, capture: true });
}

/**
 * @param {HTMLElement} menu
 * @param {1 | -1} by
 */
function step(menu, by) {
  const buttons = [...menu.querySelectorAll('button')];
  const now = buttons.findIndex((button) => button === document.activeElement);
  buttons.at((now + by) % buttons.length)?.focus();
}

/**
 * Below the anchor, or above it where there is no room; on the side where there is room for it.
 * @param {HTMLElement} anchor
 * @param {HTMLElement} menu
 */
function pointBelow(anchor, menu) {
  const { left, right, top, bottom } = anchor.getBoundingClientRect();
  const isBelow = bottom + 4 + menu.offsetHeight <= innerHeight - 8;
  const isAtEnd = anchor.getAttribute('data-menu') === 'end';
  return {
    x: isAtEnd ? right - menu.offsetWidth : left,
    y: isBelow ? bottom + 4 : top - menu.offsetHeight - 4,
  };
}

/**
 * @param {HTMLElement} menu
 * @param {{ x: number, y: number }} at
 */
function place(menu, { x, y }) {
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(x, innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(y, innerHeight - height - 8))}px`;
}
