// @ts-check
/** @import { ReplyKeyboard } from '../types.ts' */
import { fill, h } from '../base/dom.js';
import { word } from '../text/words.js';
import { replyKeyboard } from './reply-keyboard.js';

/**
 * @typedef {object} FooterHandlers
 * @property {() => void} onStart
 * @property {() => void} onUnblock
 * @property {(text: string) => void} onSay
 */

/** The bottom of a chat: the composer, or the Start or Unblock button. */
export class Footer {
  #shown = '';

  /**
   * @param {HTMLElement} composer
   * @param {FooterHandlers} handlers
   */
  constructor(composer, handlers) {
    this.composer = composer;
    this.handlers = handlers;
    this.element = h('footer', { class: 'foot' });
  }

  /** @param {{ isEmpty: boolean, isBlocked: boolean, labels: ReplyKeyboard }} chat */
  show({ isEmpty, isBlocked, labels }) {
    /* Rendered only on a change, so that a text being typed is not lost. */
    const wanted = JSON.stringify([isEmpty, isBlocked, labels]);
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    const { onStart, onUnblock, onSay } = this.handlers;
    if (isBlocked) fill(this.element, [bigButton(word('unblock'), onUnblock)]);
    else if (isEmpty) fill(this.element, [bigButton(word('start'), onStart)]);
    else fill(this.element, [this.composer, replyKeyboard(labels, onSay)]);
  }
}

/**
 * @param {string} text
 * @param {() => void} onclick
 */
function bigButton(text, onclick) {
  return h('button', { type: 'button', class: 'big-button', onclick }, text);
}
