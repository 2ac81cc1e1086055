// @ts-check
/** @import { Chat } from '../types.ts' */
import { fill, h } from '../base/dom.js';
import { icon } from '../base/icons.js';
import { word } from '../text/words.js';
import { summary } from './message.js';

/** The newest pinned message; a click leads to it. */
export class PinBar {
  /** @param {(messageId: number) => void} onJump */
  constructor(onJump) {
    this.onJump = onJump;
    this.element = h('div', { class: 'pin-bar', hidden: true });
  }

  /** @param {Chat} chat */
  show({ messages, pinned_message_ids: ids }) {
    const pinned = messages.findLast(({ message_id: id }) => id === ids.at(-1));
    this.element.hidden = pinned === undefined;
    if (pinned === undefined) return;
    const go = () => {
      this.onJump(pinned.message_id);
    };
    fill(this.element, [
      h(
        'button',
        { type: 'button', onclick: go },
        icon('pin'),
        h(
          'span',
          {},
          h('b', {}, word('pinned')),
          h('span', { class: 'pin-text' }, summary(pinned)),
        ),
      ),
    ]);
  }
}
