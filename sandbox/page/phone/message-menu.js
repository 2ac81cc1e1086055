// @ts-check
/** @import { MenuItem } from '../base/menu.js' */
/** @import { Message } from '../types.ts' */
/** @import { About } from './composer.js' */
import { word } from '../text/words.js';

/**
 * What can be done with a message.
 * @param {Message} message
 * @param {{ about: (about: About) => void, copy: () => void, remove: () => void }} handlers
 * @returns {MenuItem[]}
 */
export function messageMenu(message, { about, copy, remove }) {
  const isOwnText = message.from === 'person' && message.kind === 'text';
  /** @type {(kind: 'reply' | 'edit') => MenuItem} */
  const writing = (kind) => ({
    icon: kind,
    text: word(kind),
    run: () => {
      about({ kind, message });
    },
  });
  /** @type {(MenuItem | null)[]} */
  const items = [
    writing('reply'),
    isOwnText ? writing('edit') : null,
    message.text === '' ? null : { icon: 'copy', text: word('copyText'), run: copy },
    { icon: 'trash', text: word('delete'), run: remove, isDangerous: true },
  ];
  return items.filter((item) => item !== null);
}
