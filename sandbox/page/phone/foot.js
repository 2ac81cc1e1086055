// @ts-check
/** @import { ReplyKeyboard } from '../types.ts' */
import { fill, h } from '../base/dom.js';
import { word } from '../text/words.js';
import { replyKeyboard } from './reply-keyboard.js';

/**
 * @typedef {object} FootDeeds
 * @property {() => void} onStart
 * @property {() => void} onUnblock
 * @property {(text: string) => void} onSay
 */

/** The foot of a chat: the composer, or the one button there is to press. */
export class Foot {
  #shown = '';

  /**
   * @param {HTMLElement} composer
   * @param {FootDeeds} deeds
   */
  constructor(composer, deeds) {
    this.composer = composer;
    this.deeds = deeds;
    this.element = h('footer', { class: 'foot' });
  }

  /** @param {{ isEmpty: boolean, isBlocked: boolean, labels: ReplyKeyboard }} chat */
  show({ isEmpty, isBlocked, labels }) {
    /* Drawn anew only when it is something else: what is being typed keeps its place. */
    const wanted = JSON.stringify([isEmpty, isBlocked, labels]);
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    const { onStart, onUnblock, onSay } = this.deeds;
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
