// @ts-check
/** @import { ReplyKeyboard } from '../types.ts' */
import { h } from '../base/dom.js';

/**
 * Labels below the composer; each is a message on a key.
 * @param {ReplyKeyboard} labels
 * @param {(text: string) => void} onSay
 */
export function replyKeyboard(labels, onSay) {
  if (labels === null || labels.length === 0) return null;
  const rows = labels.map((row) =>
    h(
      'div',
      { class: 'keyboard-row' },
      ...row.map((label) =>
        h(
          'button',
          {
            type: 'button',
            class: 'reply-key',
            onclick: () => {
              onSay(label);
            },
          },
          label,
        ),
      ),
    ),
  );
  return h('div', { class: 'reply-keyboard' }, ...rows);
}
