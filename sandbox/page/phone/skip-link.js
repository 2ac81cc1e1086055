// @ts-check
import { h } from '../base/dom.js';
import { word } from '../text/words.js';

/** The first stop of the page, seen while it has the focus: leads past the top bar and old messages. */
export function skipLink() {
  const hint = h('kbd', { 'aria-hidden': 'true' }, word('toKeysShortcut'));
  return h(
    'button',
    { type: 'button', class: 'skip-link', 'aria-keyshortcuts': 'Alt+K', onclick: focusNewestKeys },
    word('toKeys'),
    hint,
  );
}

/** Focuses the newest inline button of the phone in hand; without one the place to write, or Start. */
export function focusNewestKeys() {
  const phone = document.querySelector('.phone.is-active');
  const keyboard = [...(phone?.querySelectorAll('.keyboard') ?? [])].at(-1);
  const target =
    keyboard?.querySelector('.key') ?? phone?.querySelector('.foot textarea, .foot .big-button');
  if (target instanceof HTMLElement) target.focus();
}
