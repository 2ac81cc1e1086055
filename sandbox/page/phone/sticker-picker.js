// @ts-check
import { fill, h } from '../base/dom.js';
import { word } from '../text/words.js';

const STICKERS = [
  '👍',
  '🔥',
  '😂',
  '😎',
  '😱',
  '😭',
  '🤔',
  '🥳',
  '😡',
  '❤️',
  '⚔️',
  '🛡️',
  '🏆',
  '💀',
  '🙏',
  '👋',
];

/** A small sheet of emoji, each of which is a sticker. */
export class StickerPicker {
  /** @param {(emoji: string) => void} onChoose */
  constructor(onChoose) {
    this.element = h('div', {
      class: 'sticker-picker',
      role: 'group',
      'aria-label': word('stickers'),
      hidden: true,
    });
    fill(
      this.element,
      STICKERS.map((emoji) =>
        h(
          'button',
          {
            type: 'button',
            'aria-label': `${word('sticker')} ${emoji}`,
            onclick: () => {
              this.close();
              onChoose(emoji);
            },
          },
          emoji,
        ),
      ),
    );
  }

  toggle() {
    this.element.hidden = !this.element.hidden;
    if (!this.element.hidden) this.element.querySelector('button')?.focus();
  }

  close() {
    this.element.hidden = true;
  }
}
