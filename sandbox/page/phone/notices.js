// @ts-check
import { fill, h } from '../base/dom.js';
import { word } from '../text/words.js';

const SHORTEST_MS = 2600;
const MS_PER_LETTER = 45;

/** Answers to callback queries: a toast that disappears, or an alert to close. */
export class Notices {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  constructor() {
    this.toast = h('div', { class: 'toast', role: 'status', 'aria-live': 'polite' });
    this.element = h('div', { class: 'notices' }, this.toast);
  }

  /** @param {string} text */
  say(text) {
    clearTimeout(this.#timer);
    fill(this.toast, [text]);
    this.toast.classList.add('is-shown');
    this.#timer = setTimeout(
      () => {
        this.toast.classList.remove('is-shown');
        fill(this.toast, []);
      },
      SHORTEST_MS + MS_PER_LETTER * text.length,
    );
  }

  /**
   * @param {string} title
   * @param {string} text
   */
  alert(title, text) {
    const back = document.activeElement;
    const close = () => {
      cover.remove();
      if (back instanceof HTMLElement) back.focus();
    };
    const ok = h('button', { type: 'button', class: 'strong', onclick: close }, word('ok'));
    const box = h(
      'div',
      { class: 'alert', role: 'alertdialog', 'aria-modal': 'true', 'aria-label': title },
      h('h3', {}, title),
      h('p', {}, text),
      ok,
    );
    const cover = h('div', { class: 'alert-cover' }, box);
    cover.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') close();
      if (event.key === 'Tab') event.preventDefault();
    });
    this.element.append(cover);
    ok.focus();
  }
}
