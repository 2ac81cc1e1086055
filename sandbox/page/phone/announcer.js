// @ts-check
/** @import { Message } from '../types.ts' */
import { fill, h } from '../base/dom.js';
import { changedLines } from '../text/changed-lines.js';

/** Tells a screen reader what the bot has written: a new message, or the lines that an edit brings. */
export class Announcer {
  constructor() {
    this.element = h('div', { class: 'only-heard', role: 'status', 'aria-live': 'polite' });
  }

  /**
   * @param {Message} message
   * @param {{ before: Message | null, article: HTMLElement }} change the message before, and where it is shown
   */
  tell({ text: after }, { before, article }) {
    const shown = article.querySelector('.text')?.textContent ?? after;
    const news = changedLines({ before: before?.text ?? '', after, shown });
    if (news !== '') fill(this.element, [news]);
  }
}
