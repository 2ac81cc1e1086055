// @ts-check
/** @import { BotInfo } from '../types.ts' */
import { h } from '../base/dom.js';
import { word } from '../text/words.js';
import { botAvatar } from './avatar.js';

/**
 * The content of an empty chat.
 * @param {BotInfo} bot
 */
export function welcome({ name, username, description }) {
  const about = description === '' ? null : h('b', {}, word('whatCanItDo'));
  return h(
    'div',
    { class: 'welcome' },
    botAvatar(),
    h('h3', {}, name),
    h('span', {}, `@${username}`),
    h('p', {}, about, description === '' ? word('startHint') : description),
  );
}
