// @ts-check
/** @import { Button, Message } from '../types.ts' */
/** @import { IconName } from '../base/icons.js' */
import { h } from '../base/dom.js';
import { icon } from '../base/icons.js';

/**
 * @typedef {object} KeyboardHandlers
 * @property {(message: Message, button: Button) => void} onPress
 * @property {(messageId: number, data: string | null) => boolean} isWaiting whether the bot has not answered this tap
 */

/** @type {Readonly<Record<string, IconName>>} */
const CORNERS = { url: 'link', login_url: 'link', web_app: 'link', copy_text: 'copy' };

/**
 * @param {Message} message
 * @param {KeyboardHandlers} handlers
 */
export function inlineKeyboard(message, handlers) {
  if (message.buttons.length === 0) return null;
  const rows = message.buttons.map((row) =>
    h(
      'div',
      { class: 'keyboard-row' },
      ...row.map((button) => keyButton(message, button, handlers)),
    ),
  );
  return h('div', { class: 'keyboard' }, ...rows);
}

/**
 * @param {Message} message
 * @param {Button} button
 * @param {KeyboardHandlers} handlers
 */
function keyButton(message, button, { onPress, isWaiting }) {
  const corner = CORNERS[button.action];
  const isDisabled = button.action === 'disabled';
  return h(
    'button',
    {
      type: 'button',
      class: 'key',
      'data-style': button.style,
      'data-tap': button.data,
      'aria-busy': isWaiting(message.message_id, button.data) ? 'true' : null,
      'aria-disabled': isDisabled ? 'true' : null,
      onclick: () => {
        if (!isDisabled) onPress(message, button);
      },
    },
    h('span', { class: 'key-text' }, button.text),
    corner === undefined ? null : icon(corner),
  );
}

/**
 * Makes a shown keyboard look like another one with as many keys in each row, and says whether it has.
 * A key that sends the same data stays the same element, because it may be pressed at this moment.
 * @param {Element} shown
 * @param {Element} wanted
 */
export function takeOver(shown, wanted) {
  if (shapeOf(shown) !== shapeOf(wanted)) return false;
  const keys = [...wanted.querySelectorAll('.key')];
  for (const [place, key] of [...shown.querySelectorAll('.key')].entries())
    changeKey(key, keys[place] ?? key);
  return true;
}

/** @param {Element} keyboard */
function shapeOf(keyboard) {
  return [...keyboard.children].map((row) => row.childElementCount).join(' ');
}

/**
 * @param {Element} key
 * @param {Element} wanted
 */
function changeKey(key, wanted) {
  const data = key.getAttribute('data-tap');
  if (data === null || data !== wanted.getAttribute('data-tap')) {
    key.replaceWith(wanted);
    return;
  }
  for (const name of ['data-style', 'aria-busy']) {
    const value = wanted.getAttribute(name);
    if (value === null) key.removeAttribute(name);
    else key.setAttribute(name, value);
  }
  key.replaceChildren(...wanted.childNodes);
}

/**
 * Marks the keys of a message whose taps are not answered yet, and changes nothing else.
 * @param {Element} article
 * @param {(data: string | null) => boolean} isWaiting
 */
export function markWaiting(article, isWaiting) {
  for (const key of article.querySelectorAll('.key')) {
    if (isWaiting(key.getAttribute('data-tap'))) key.setAttribute('aria-busy', 'true');
    else key.removeAttribute('aria-busy');
  }
}
